-- reads: request, promise
with live as (select * from request where state = 'active'),
waiting as (
    select r.id, r.person_id, r.asked_at, bool_or(p.state in (select state from promise_open)) as asked,
        coalesce(max(p.ended_at), any_value(r.asked_at)) as since
    from live r
    left join promise p on p.request_id = r.id
    group by r.id, r.person_id, r.asked_at
),
stuck as (
    select w.*, c.closes
    from (select * from waiting where not coalesce(asked, false)) w
    asof left join calendar_day d on w.since >= d.starts
    left join closing c on c.number = d.number + $next_step_days
)
select person_id, 'request' as subject_kind, id::varchar as subject_id, ended_at as since, null as until,
    'It was closed, and ' || case
        when outcome_at is null then 'no outcome had come back'
        when reviewed_at is null or reviewed_at < outcome_at then 'nobody had read the outcome'
        else 'the person was not told' end as words
from request
where state = 'completed'
    and (outcome_at is null or coalesce(reviewed_at < outcome_at, true) or coalesce(told_at < outcome_at, true))
union all
select person_id, 'request', id::varchar, ended_at, null, 'It is no longer wanted, and it is not said why'
from request
where state in ('revoked', 'entered-in-error') and coalesce(trim(reason), '') = ''
union all
select person_id, 'request', id::varchar, coalesce(closes, since), null, 'It is still wanted, and nobody is asked for it'
from stuck
where coalesce(closes, since) < $at
