-- One person's rows of encounter, with what was coded.
select encounter.* exclude (reason_id), code.system, code.code, code.display
from encounter
left join code on code.code_id = encounter.reason_id
where person_id = $person_id
