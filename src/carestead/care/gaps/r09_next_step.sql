-- reads: promise, request
with refused as (
    select p.*
    from promise p
    semi join request r on r.id = p.request_id and r.state in ('active', 'on-hold')
    anti join promise n on n.replaces_id = p.id
    where p.state in ('rejected', 'failed') and not coalesce(p.decided_next, false)
        and p.ended_at < $at
),
late as (
    select r.*, c.closes
    from refused r
    asof left join calendar_day d on r.ended_at >= d.starts
    left join closing c on c.number = d.number + $next_step_days
)
select person_id, 'promise' as subject_kind, id::varchar as subject_id, coalesce(closes, ended_at) as since, null as until,
    'It was ' || case state when 'failed' then 'given up' else 'refused' end
        || ', the request is still open, and nobody has decided what comes next' as words
from late
where coalesce(closes, ended_at) < $at
