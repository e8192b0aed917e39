-- reads: evidence, code, source, file
select e.item, e.date, e.points, e.value, c.system, c.code, coalesce(c.display, c.code) as what,
    coalesce(s.title, s.name) as source, f.name as file, e.source_row
from evidence e
join code c using (code_id)
join source s using (source_id)
left join (select distinct file_id, name from file) f using (file_id)
where e.person_id = $person_id and e.score = $score
order by e.points desc, e.item, e.date desc
