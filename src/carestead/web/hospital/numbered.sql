-- reads: patient
-- Whoever has one of these NHS numbers, exactly, in any source.
select distinct person_id, nhs_number
from patient
where list_contains($numbers::varchar[], nhs_number)
order by person_id, nhs_number
