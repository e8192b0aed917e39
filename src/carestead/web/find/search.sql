-- reads: patient, person
-- Whoever has this NHS number, or a family name that begins so, among people registered with these practices.
select distinct person_id
from patient join person using (person_id)
where (nhs_number = $number or ($family <> '' and starts_with(lower(family_name), $family)))
    and (list_contains($practices::varchar[], practice_code) or nhs_number = $number)
order by person_id limit 50
