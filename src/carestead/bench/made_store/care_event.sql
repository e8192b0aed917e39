select 'promise' as kind, id as subject_id, v as version, i as person_id,
    case v when 1 then 'ask' when 2 then 'accept' else 'note' end as type, asked as happened_at,
    asked + to_seconds(v) as recorded_at, 'u' || i % 5000 as username, 'care-coordinator' as role,
    case v when 1 then 'requested' when 2 then 'accepted' when 3 then case when state in ('completed',
    'rejected') then state end end as state,
    case when v = 1 then co end as owner_code
from made cross join (select unnest([1, 2, 3])::integer as v)
union all select 'plan', i, v, i, case v when 1 then 'start' else 'sign' end, start + interval 10 day,
    start + to_days(9 + v),
    'u1', case when i = 21 and v = 2 then 'system' else 'named-gp' end, case v when 1 then 'draft'
    else 'active' end, null
from p cross join (select unnest([1, 2])::integer as v)
