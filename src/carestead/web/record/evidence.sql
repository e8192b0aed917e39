-- reads: evidence, event, code, source, file
-- The rows behind one score. A count or an age has no code and no source of its own.
with measured as (
    select source_id, file_id, source_row, code_id, min(unit) as unit from event
    where person_id = $person_id and unit is not null
    group by all
)
select e.item, e.date, e.last_date, coalesce(e.times, 1) as times, e.points, e.value, m.unit, e.origin, c.system, c.code,
    coalesce(c.display, c.code) as what, coalesce(s.title, s.name) as source, f.name as file, e.source_row
from evidence e
left join code c using (code_id)
left join source s using (source_id)
left join (select distinct file_id, name from file) f using (file_id)
left join measured m on e.origin = 'event' and m.source_id = e.source_id and m.file_id = e.file_id
    and m.source_row = e.source_row and m.code_id = e.code_id
where e.person_id = $person_id and e.score = $score
order by e.points desc, e.item, e.date desc, e.code_id, e.source_row
