-- One person's rows of event, with what was coded.
select event.* exclude (code_id), code.system, code.code, code.display
from event
left join code using (code_id)
where person_id = $person_id
