-- One person's rows of medication, with what was coded.
select medication.* exclude (code_id), code.system, code.code, code.display
from medication
left join code using (code_id)
where person_id = $person_id
