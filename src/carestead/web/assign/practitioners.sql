-- reads: practitioner
select distinct on (practitioner_code) practitioner_code, name, role, organisation_code, sessions
from practitioner order by practitioner_code, source_id, file_id, source_row
