select i as id, i as person_id, 'stray' as username, 'Unconscious' as reason,
    $at - interval 15 day as started_at,
    $at - interval 14 day as expires_at, case when i <> 16 then i * 8 end as review_promise_id
from p where i = 16
