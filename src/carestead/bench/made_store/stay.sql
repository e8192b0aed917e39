select i as id, i as person_id, 'finished' as state, came as admitted_at,
    came + interval 97 hour as discharged_at,
    false as mental_health, 'usual-residence' as disposition, came + interval 3 hour as first_heard_at,
    came + interval 98 hour as discharge_heard_at
from p where many and i % 10 = 3 or i in (10, 11)
