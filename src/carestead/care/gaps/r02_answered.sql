-- reads: desk_shift
with holder as (
    select distinct h.holder_code, e.group_code
    from holding h
    join enrolled e on e.person_id = h.person_id and e.start < h.until and e.until > h.start
    where h.until > $from and h.holder_code in (select code from away where start < $at and until > $from)
),
-- opening hours in which the holder was away for a time: elsewhere there is nothing to look for
span as (
    select distinct holder_code, group_code, greatest(o.opens, $from) as start, least(o.closes, $at) as until
    from holder
    join away a on a.code = holder_code
    join opening o on o.opens < least(a.until, $at) and o.closes > greatest(a.start, $from)
),
staffed as (select group_code, start, "end" as until from desk_shift where cancelled_at is null),
-- every instant at which it may become somebody else who answers, and so pieces in which it is one and the same
change as (
    select holder_code, group_code, start, until, start as moment from span
    union select holder_code, group_code, start, until, until from span
    union select s.*, unnest([a.start, a.until, a.cover_from]) from span s join away a on a.code = holder_code
    union select s.*, unnest([c.start, c.until]) from span s join away a on a.code = holder_code
        join away c on c.code = a.cover_code
    union select s.*, unnest([d.start, d.until]) from span s join staffed d on d.group_code = s.group_code
        and d.start < s.until and d.until > s.start
),
piece as (
    select holder_code, group_code, moment as start, lead(moment) over (partition by holder_code, group_code, start order by moment) as until
    from change
    where moment between start and until
),
bare as (
    select p.*
    from piece p
    where p.until is not null
        and exists (from away a where a.code = p.holder_code and a.start <= p.start and a.until > p.start)
        and not exists (
            from away a
            where a.code = p.holder_code and a.start <= p.start and a.until > p.start and a.cover_from <= p.start
                and a.cover_code is not null
                and not exists (from away c where c.code = a.cover_code and c.start <= p.start and c.until > p.start)
        )
        and not exists (from staffed d where d.group_code = p.group_code and d.start <= p.start and d.until > p.start)
)
select h.person_id, 'holder' as subject_kind, b.holder_code as subject_id,
    min(greatest(b.start, h.start, e.start)) as since,
    nullif(max(least(b.until, h.until, e.until)), $at) as until,
    'Nobody answered: ' || b.holder_code || ' was away, no cover had said yes, and the desk was not staffed' as words
from bare b
join holding h on h.holder_code = b.holder_code and h.start < b.until and h.until > b.start
join enrolled e on e.person_id = h.person_id and e.group_code = b.group_code
    and e.start < least(b.until, h.until) and e.until > greatest(b.start, h.start)
group by h.person_id, b.holder_code
