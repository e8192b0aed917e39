-- reads: quarantine, file, source
select count(*) as n
from quarantine join (select distinct file_id, source_id from file) using (file_id) join source s using (source_id)
where $source = '' or s.name = $source
