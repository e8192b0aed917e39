-- reads: promise, request, plan, alarm, care_event
with held as (
    select 'promise' as kind, id, person_id, resume_on from promise where state = 'on-hold'
    union all select 'request', id, person_id, resume_on from request where state = 'on-hold'
    union all select 'plan', id, person_id, resume_on from plan where state = 'on-hold'
),
passed as (select * from held where resume_on::timestamp + interval 1 day < $looked_at)
select person_id, kind as subject_kind, id::varchar as subject_id, null::timestamp as since, null as until,
    'The ' || kind || ' is on hold without a day on which it goes on' as words
from held
where resume_on is null
union all
select p.person_id, p.kind, p.id::varchar, p.resume_on::timestamp, null,
    'The ' || p.kind || ' was to go on that day, and nobody has noticed'
from passed p
anti join alarm a on a.subject_kind = p.kind and a.subject_id = p.id and a.raised_at >= p.resume_on
anti join (select kind, subject_id, recorded_at from care_event where kind in ('promise', 'request', 'plan')) v
    on v.kind = p.kind and v.subject_id = p.id and v.recorded_at >= p.resume_on
