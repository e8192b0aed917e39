-- reads: quarantine, file, source
select q.source_row, q.type, q.reason, q.what, q."do", q.text, f.name as file, f.delivered_on, coalesce(s.title, s.name) as source
from quarantine q
join (select distinct file_id, source_id, name, delivered_on from file) f using (file_id)
join source s using (source_id)
where $source = '' or s.name = $source
order by f.delivered_on desc, source, file, source_row
limit $most offset $start
