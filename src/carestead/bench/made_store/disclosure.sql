select i as event_id, i as person_id, $at - to_days((1 + i % 25)::integer) as shown_at,
    'w' || i % 900 as username,
    case when i % 2 = 0 or i = 15 then 'council' else 'care-coordinator' end as audience,
    'about-me' as part from p where many or i = 15
