-- reads: workload
select practitioner_code, role, organisation_code, capacity, people from workload
order by role desc, organisation_code, practitioner_code
