-- reads: promise, care_event
with ended as (select * from promise where state in (select state from promise_ended)),
ending as (
    select subject_id, max(recorded_at) as moment, arg_max(username, version) as username, arg_max(role, version) as role
    from care_event
    where kind = 'promise' and state in (select state from promise_ended)
    group by subject_id
)
select e.person_id, 'promise' as subject_kind, e.id::varchar as subject_id, coalesce(e.ended_at, n.moment, e.asked_at) as since,
    null as until,
    case
        when n.role = 'system' then 'It was ended by carestead itself, not by somebody'
        when coalesce(n.username, '') = '' then 'It has ended, and nobody is known to have ended it'
        when e.state = 'completed' then 'It is said to be kept, and not how or when'
        when e.ended_at is null then 'It has ended, and it is not said when'
        else 'It has ended, and it is not said why'
    end as words
from ended e
left join ending n on n.subject_id = e.id
where n.role = 'system' or coalesce(n.username, '') = '' or e.ended_at is null
    or case when e.state = 'completed' then coalesce(e.outcome, '') = '' or e.happened_at is null
            else coalesce(trim(e.reason), '') = '' end
