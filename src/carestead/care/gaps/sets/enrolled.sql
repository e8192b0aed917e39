-- reads: enrolment_period, practice
-- When people were enrolled, with the group whose desk answers for them. An end that is not there yet is infinity.
select person_id, e.practice_code, coalesce(p.group_code, e.practice_code) as group_code, e.start,
    coalesce(e."end", timestamp 'infinity') as until, e.end_kind
from enrolment_period e
left join practice p using (practice_code)
where e.start <= $at
