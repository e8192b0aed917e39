select row_number() over () as id, team as group_code, opens as start, closes as "end",
    'D' || team as staffed_by,
    null as cancelled_at from (select distinct team from p) cross join opening
where not (team = 'GX' and opens::date = date '2026-03-27')
union all select -1, 'GX', timestamp '2026-03-27 08:00', timestamp '2026-03-27 12:00', 'D', null
union all select -2, 'GX', timestamp '2026-03-27 12:30', timestamp '2026-03-27 18:30', 'D', null
