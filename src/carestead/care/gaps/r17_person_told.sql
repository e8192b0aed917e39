-- reads: notice, absence
with changed as (
    select h.id, h.person_id, h.role, h.holder_code, h.start, h.until
    from holding h
    semi join enrolled e on e.person_id = h.person_id and e.until > $at
    where h.until = timestamp 'infinity' and h.basis <> 'ended' and h.start + to_days($letter_days) < $at
        and h.holder_code is distinct from nullif(h.earlier_holder, '')
),
absent as (
    select a.id, h.person_id, a.practitioner_code, a.start, coalesce(a."end", timestamp 'infinity') as until
    from absence a
    join holding h on h.holder_code = a.practitioner_code and h.start <= a.start and h.until > a.start
    semi join enrolled e on e.person_id = h.person_id and e.until > $at
    where a.cancelled_at is null and coalesce(a."end", $at) - a.start >= to_days($long_absence_days)
        and a.start between $from and $at - to_days($long_absence_days)
),
-- the word to a person or their carer, and what it may be of
told as (select n.*, b.use from notice n join notice_about b using (about) where n.to_kind in ('person', 'carer'))
select c.person_id, 'ledger' as subject_kind, c.id::varchar as subject_id, c.start + to_days($letter_days) as since,
    null as until, 'Was not told that ' || c.holder_code || ' is the ' || replace(c.role, '-', ' ') as words
from changed c
anti join told t on t.person_id = c.person_id and t.use = c.role and t.queued_at >= c.start - to_seconds($act_seconds)
union all
select a.person_id, 'absence', a.id::varchar, a.start, nullif(a.until, timestamp 'infinity'),
    'Was not told that ' || a.practitioner_code || ' is away for a long time'
from absent a
anti join told t on t.person_id = a.person_id and t.use = 'absence' and t.queued_at between a.start - interval 90 day and a.until
union all
select person_id, 'notice', id::varchar, due_at, null, 'Was to be told by then, and has not been'
from told
where state = 'queued' and due_at < $at
