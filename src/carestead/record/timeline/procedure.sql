-- One person's rows of procedure, with what was coded.
select procedure.* exclude (code_id), code.system, code.code, code.display
from procedure
left join code using (code_id)
where person_id = $person_id
