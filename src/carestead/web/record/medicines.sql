-- reads: medication, code, source
-- The newest statement of each medicine in each setting, of the last two years; those still to be taken first.
select distinct on (code_id, setting, source_id) coalesce(c.display, c.code) as medicine, m.code_id, m.date, m.end_date, m.status,
    m.is_repeat, m.dose, m.setting, coalesce(s.title, s.name) as source,
    coalesce(m.status, 'active') in ('active', 'draft', 'on-hold', 'unknown') and (m.end_date is null or m.end_date >= $as_of) as current
from medication m join code c using (code_id) join source s using (source_id)
where m.person_id = $person_id and m.date > $as_of - interval 2 year and m.date <= $as_of
order by code_id, setting, source_id, m.date desc
