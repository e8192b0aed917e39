select i as id, i as person_id, 'about-me' as part, 'council' as audience, i <> 15 as allowed,
    timestamp '2026-01-10 10:00' as recorded_at from p where many and i % 2 = 0 or i = 15
