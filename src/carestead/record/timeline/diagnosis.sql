-- One person's rows of diagnosis, with what was coded.
select diagnosis.* exclude (code_id), code.system, code.code, code.display
from diagnosis
left join code using (code_id)
where person_id = $person_id
