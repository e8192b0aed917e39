with holder as (select distinct gp as code, next_gp as cover, hash(gp) as h from p where many
union select distinct co, null, hash(co) from p where many)
select row_number() over () as id, code as practitioner_code,
    $at - to_days((n * 50 + h % 50)::integer) as start,
    $at - to_days((n * 50 + h % 50)::integer) + interval 5 day as "end",
    coalesce(cover, '') as cover_code, case when cover is null then 'desk' else 'accepted' end as cover_state,
    $at - interval 800 day as cover_answered_at, null as cancelled_at
from holder cross join range(14) t(n)
union all select 0, 'GPX2', timestamp '2026-03-25 00:00', timestamp '2026-03-28 00:00', 'GPX', 'asked',
    null, null
