select 'promise' as kind, id as subject_id, i as person_id, 3 as version, 3 as events,
    case when i = 22 and k = 0 then 'owner_code' end as differs, $at - interval 5 day as since from made
union all select 'plan', i, i, 2, 2, null, start from p
union all select 'notice', n, n // 4, 1, 1, null, $at - interval 40 day from range($people * 2) t(n)
