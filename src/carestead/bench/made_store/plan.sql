select i as id, i as person_id, 'active' as state, start::date + 9 as agreed_on,
    start + interval 10 day as signed_at,
    date '2026-09-30' as review_on, gp as review_by_code, null as resume_on from p where i <> 14
