select distinct i // 100 as id, 'closed' as state, $at - interval 9 day as held_at from p
where many and i % 10 in (5, 6) or i = 18
