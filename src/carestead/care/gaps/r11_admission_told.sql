-- reads: stay, notice, person
with told as (select * from notice where subject_kind = 'stay'),
telling as (select * from told where about = 'admission'),
-- where the first message took something back, the admission was heard of later: when it was told
heard as (
    select s.*, case when b.subject_id is null then s.first_heard_at
        else coalesce(t.first_told, s.first_heard_at) end as heard
    from stay s
    left join (select distinct subject_id, queued_at from told where about = 'taken-back') b
        on b.subject_id = s.id and b.queued_at = s.first_heard_at
    left join (select subject_id, min(queued_at) as first_told from telling group by all) t on t.subject_id = s.id
),
admitted as (
    select s.id, s.person_id, s.heard, h.role, h.holder_code
    from heard s
    join enrolled e on e.person_id = s.person_id and s.heard >= e.start and s.heard < e.until
    -- in the very moment of a hand-over either of the two may have been told
    join holding h on h.person_id = s.person_id and h.basis <> 'ended' and h.start < s.heard and h.until > s.heard
    where s.state in ('in-progress', 'finished') and s.admitted_at is not null
        and s.heard + to_minutes($promise_minutes) < $at
        -- whose discharge came first or with it is told of that
        and coalesce(s.discharge_heard_at > s.heard, true)
)
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
select n.person_id, 'notice', n.id::varchar, n.due_at, null,
    n.to_code || ' was told of the admission and has not seen it, nor has anybody above'
from telling n
-- after a death no clock runs on, so nobody above is told
anti join enrolled e on e.person_id = n.person_id and e.end_kind = 'died' and e.until <= $at
anti join person p on p.person_id = n.person_id and p.death_date <= $today
where n.state in ('queued', 'given') and n.due_at < $at
