-- reads: notice, absence
with changed as (
    select h.*
    from holding h
    semi join enrolled e on e.person_id = h.person_id and e.until > $at
    where h.until = timestamp 'infinity' and h.basis <> 'ended' and h.start + to_seconds($act_seconds) < $at
        and h.holder_code is distinct from h.earlier_holder
        -- the letter that names the first named GP names the coordinator too
        and not (h.role = 'coordinator' and coalesce(h.earlier_holder, '') = '')
),
absent as (
    select a.id, h.person_id, a.practitioner_code, a.start + to_days($long_absence_days) as long_since, a."end"
    from absence a
    join holding h on h.holder_code = a.practitioner_code and h.start <= a.start and h.until > $at
    semi join enrolled e on e.person_id = h.person_id and e.until > $at
    where a.cancelled_at is null and a.cover_state <> 'asked' and a.start < $looked_at and coalesce(a."end", $at) > $from
        and coalesce(a."end", $looked_at) - a.start >= to_days($long_absence_days)
),
told as (select * from notice where to_kind in ('person', 'carer'))
select c.person_id, 'ledger' as subject_kind, c.id::varchar as subject_id, c.start as since, null as until,
    'Was not told that ' || c.holder_code || ' is the ' || replace(c.role, '-', ' ') as words
from changed c
anti join told t on t.subject_kind = 'ledger' and t.subject_id = c.id
union all
select a.person_id, 'absence', a.id::varchar, a.long_since, a."end",
    'Was not told that ' || a.practitioner_code || ' is away for a long time'
from absent a
anti join told t on t.subject_kind = 'absence' and t.subject_id = a.id and t.person_id = a.person_id
union all
select person_id, 'notice', id::varchar, due_at, null, 'Was to be told by then, and has not been'
from told
where state = 'queued' and due_at < $at
