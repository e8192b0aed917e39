-- reads: stay, notice
with admitted as (
    select s.id, s.person_id, s.first_heard_at as heard, h.role, h.holder_code
    from stay s
    join enrolled e on e.person_id = s.person_id and s.first_heard_at >= e.start and s.first_heard_at < e.until
    -- in the very moment of a hand-over either of the two may have been told
    join holding h on h.person_id = s.person_id and h.basis <> 'ended'
        and h.start < s.first_heard_at and h.until > s.first_heard_at
    where s.state in ('in-progress', 'finished') and s.admitted_at is not null
        and s.first_heard_at + to_minutes($promise_minutes) < $at
        -- whose discharge came first or with it is told of that
        and coalesce(s.discharge_heard_at > s.first_heard_at, true)
),
telling as (select * from notice where subject_kind = 'stay' and about = 'admission')
select a.person_id, 'stay' as subject_kind, a.id::varchar as subject_id, a.heard as since, null as until,
    'In hospital, and the ' || replace(a.role, '-', ' ') || ' ' || a.holder_code || ' or who covers was not told' as words
from admitted a
anti join telling n on n.subject_id = a.id and n.to_code = a.holder_code
anti join telling n on n.subject_id = a.id and n.to_kind = 'desk'
anti join (
    select n.subject_id, w.code
    from telling n
    join away w on w.cover_code = n.to_code and w.start <= n.queued_at and w.until > n.queued_at
) c on c.subject_id = a.id and c.code = a.holder_code
union all
select person_id, 'notice', id::varchar, due_at, null, to_code || ' was told of the admission and has not seen it, nor has anybody above'
from telling
where state in ('queued', 'given') and due_at < $at
