-- reads: workload
select * from workload
order by role desc, organisation_code, practitioner_code
