-- reads: organisation
select distinct on (organisation_code) organisation_code, name, kind, group_code
from organisation order by organisation_code, name is null, source_id, file_id, source_row
