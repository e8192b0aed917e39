-- reads: care_event
with plan_moved as (select * from care_event where kind = 'plan' and state is not null and version > 1),
promise_ended as (
    select person_id, recorded_at, username
    from care_event
    where kind = 'promise' and state in ('completed', 'failed', 'rejected')
)
select m.person_id, 'plan' as subject_kind, m.subject_id::varchar as subject_id, m.recorded_at as since, null as until,
    'The plan became ' || m.state || case when m.role = 'system' then ' by itself'
        else ' in the same act in which a promise ended' end as words
from plan_moved m
where m.role = 'system' or m.username = ''
    or (m.person_id, m.recorded_at, m.username) in (select person_id, recorded_at, username from promise_ended)
union all
select person_id, 'promise', subject_id::varchar, recorded_at, null,
    'Its owner became ' || owner_code || ' without being asked'
from care_event
where kind = 'promise' and version > 1 and owner_code is not null
