-- reads: shared_role
select g.person_id, 'ledger' as subject_kind, g.id::varchar as subject_id, greatest(g.start, c.start, e.start) as since,
    nullif(least(g.until, c.until, e.until), timestamp 'infinity') as until,
    g.holder_code || ' is the named GP and the coordinator' as words
from holding g
join holding c on c.person_id = g.person_id and c.role = 'coordinator' and c.holder_code = g.holder_code
    and c.start < g.until and c.until > g.start
join enrolled e on e.person_id = g.person_id and e.start < least(g.until, c.until) and e.until > greatest(g.start, c.start)
where g.role = 'named-gp' and g.basis <> 'ended' and least(g.until, c.until, e.until) > $from
    and not exists (
        from shared_role s
        where s.practice_code = e.practice_code
            and least(least(g.until, c.until, e.until), $at)::date between s.start and s."end" - 1
    )
