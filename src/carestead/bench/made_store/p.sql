-- The people: i from 1 to 24 breaks invariant R<i>, many break none; their practice, holders, dates.
select i, i >= 100 as many,
    case when i between 1 and 24 then 'PX' else 'P' || i % $practices end as practice,
    case when i between 1 and 24 then 'GX' else 'G' || (i % $practices) // 6 end as team,
    case when i = 2 then 'GPX2' when i = 23 then 'GPX23' when i between 1 and 24 then 'GPX'
    else 'GP' || i % $practices || '-' || (i // $practices) % 40 end as gp,
    'GP' || i % $practices || '-' || (i // $practices + 1) % 40 as next_gp,
    case when i = 4 then 'GPX' when i between 1 and 24 then 'COX'
    else 'CO' || (i % $practices) // 6 || '-' || ((i // $practices) * 6 + i % 6) % 450 end as co,
    $at - to_days(((50 + (i * 7919) % 680))::integer) as start,
    $at - to_days((10 + i % 30)::integer) as came
from range($people) t(i)
