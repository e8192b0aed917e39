-- One person's rows of document, with what was coded.
select document.* exclude (type_id), code.system, code.code, code.display
from document
left join code on code.code_id = document.type_id
where person_id = $person_id
