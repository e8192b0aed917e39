select i as id, i as person_id, 'named-gp' as role, gp as leaving_code, next_gp as arriving_code,
    'accepted' as state, start + interval 20 day as answered_at from p where many and i % 5 = 0
