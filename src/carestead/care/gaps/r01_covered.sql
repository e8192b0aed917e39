-- reads: ledger_entry
with role as (select unnest(['named-gp', 'coordinator']) as role),
wanted as (select person_id, role, start, least(until, $at) as until from enrolled cross join role),
held as (
    select w.person_id, w.role, w.start, w.until, h.start as held_from,
        case when h.start is not null then least(h.until, w.until) end as held_until
    from wanted w
    left join holding h on h.person_id = w.person_id and h.role = w.role and h.basis <> 'ended'
        and h.start < w.until and h.until > w.start
),
-- sums find who may have a hole; only theirs are then looked at piece by piece
short as (
    select person_id, role, start, until
    from held
    group by all
    having coalesce(sum(epoch_us(held_until) - epoch_us(greatest(held_from, start))), 0)
        < epoch_us(until) - epoch_us(start) - $act_seconds * 1000000
),
edge as (
    select s.person_id, s.role, s.start, s.start as hole_from, s.until from short s
    union all
    select s.person_id, s.role, s.start, h.held_until, s.until from short s join held h using (person_id, role, start, until)
    where h.held_until < s.until
),
hole as (
    select e.person_id, e.role, e.hole_from, coalesce(min(h.held_from), any_value(e.until)) as hole_until
    from edge e
    left join held h on h.person_id = e.person_id and h.role = e.role and h.start = e.start and h.held_until > e.hole_from
    group by e.person_id, e.role, e.start, e.hole_from
)
select person_id, 'enrolment' as subject_kind, role as subject_id, hole_from as since,
    case when hole_until < $at then hole_until end as until, 'Enrolled, and nobody was the ' || replace(role, '-', ' ') as words
from hole
where epoch_us(hole_until) - epoch_us(hole_from) > $act_seconds * 1000000
union all
select person_id, 'ledger', id::varchar, start, null,
    'Entry ' || seq || ' of the ' || replace(role, '-', ' ') || ' does not follow the one before it'
from holding
where until <= start or seq <> coalesce(earlier_seq, 0) + 1
union all
select h.person_id, 'ledger', h.id::varchar, h.start, null,
    h.holder_code || ' is still the ' || replace(h.role, '-', ' ') || ', and the person is not enrolled'
from holding h
anti join enrolled e on e.person_id = h.person_id and e.until > $at
where h.until = timestamp 'infinity' and h.basis <> 'ended'
    and h.start < $at - to_seconds($act_seconds)
