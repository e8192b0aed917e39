-- reads: patient
-- Everybody born on this day, with each family name that a source gives them.
select distinct person_id, family_name
from patient
where birth_date = $born
order by person_id, family_name
