-- reads: practitioner
select practitioner_code, name, role, organisation_code, sessions, sex, leave_start, leave_end, source_id, file_id, source_row
from practitioner where role in ('gp', 'care-coordinator')
order by practitioner_code, organisation_code, source_id, file_id, source_row
