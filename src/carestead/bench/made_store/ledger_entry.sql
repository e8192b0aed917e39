select i * 4 as id, i as person_id, 'named-gp' as role, 1 as seq, start, gp as holder_code,
    'accepted' as basis, null as hand_over_id from p
union all select i * 4 + 1, i, 'coordinator', 1, start, co, 'accepted', null from p where i <> 1
union all select i * 4 + 2, i, 'named-gp', 2, start + interval 20 day, next_gp, 'accepted', i from p
where many and i % 5 = 0
union all select i * 4 + 2, i, 'named-gp', 2, timestamp '2026-03-20 09:00', 'GPX', 'interim', null
from p where i = 5
