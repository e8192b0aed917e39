-- reads: flag, code, source, file
-- The flags that are up, each with the records that say so.
select g.flag, g.since, g.last_date, c.system, c.code, coalesce(c.display, c.code) as what,
    coalesce(s.title, s.name) as source, f.name as file, g.source_row
from flag g
left join code c using (code_id)
left join source s using (source_id)
left join (select distinct file_id, name from file) f using (file_id)
where g.person_id = $person_id
order by g.flag, g.since, g.code_id
