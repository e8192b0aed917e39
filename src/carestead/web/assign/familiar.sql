-- reads: familiar_clinician, placement
select f.person_id, f.practitioner_code, f.contacts
from familiar_clinician f semi join
    (select person_id from placement where list_contains($practices::varchar[], practice_code)) using (person_id)
order by f.person_id, f.practitioner_code
