select i as id, i as person_id, case when i = 8 then 'completed' else 'active' end as state,
    $at - interval 12 day as asked_at, null as resume_on, '' as reason, case
    when i = 8 then $at - interval 3 day end as outcome_at,
    case when i = 8 then $at - interval 2 day end as reviewed_at, null as told_at, case
    when i = 8 then $at - interval 1 day end as ended_at
from p where many and i % 10 = 4 or i in (8, 9)
