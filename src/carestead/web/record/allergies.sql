-- reads: event, code
select coalesce(display, code) as substance, max(e.date) as date, bool_or(coalesce(e.status, '') in ('resolved', 'inactive', 'refuted')) as ended
from event e join code using (code_id)
where e.person_id = $person_id and e.kind = 'allergy'
group by all
order by substance
