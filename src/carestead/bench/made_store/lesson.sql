select i as id, i as person_id, 'closed' as state, $at - interval 90 day as found_at,
    i * 8 as promise_id,
    case when i = 19 then '' else 'Answered in 2 hours' end as effect, date '2026-03-01' as measured_on,
    $at - interval 20 day as closed_at
from p where many and i % 100 = 7 or i = 19
