-- reads: patient, person
-- Whoever has exactly this NHS number, in any source, and was born on this day.
select distinct person.person_id
from patient join person on person.person_id = patient.person_id
where patient.nhs_number = $number and person.birth_date = $born
order by person.person_id
