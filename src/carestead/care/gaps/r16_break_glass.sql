-- reads: break_glass, promise
with opened as (
    select b.*, p.id as promise_id, p.first_due_at, k.closes
    from (select * from break_glass where started_at <= $at) b
    left join promise p on p.id = b.review_promise_id and p.person_id = b.person_id
    asof left join calendar_day d on b.started_at >= d.starts
    left join closing k on k.number = d.number + $review_days
)
select person_id, 'break-glass' as subject_kind, id::varchar as subject_id, started_at as since, null as until,
    username || ' opened the record ' || case
        when coalesce(trim(reason), '') = '' then 'without saying why'
        when expires_at is null or expires_at <= started_at then 'and it does not end'
        when promise_id is null then 'and nobody has promised to review it'
        else 'and the review is due more than ' || $review_days || ' working days later' end as words
from opened
where coalesce(trim(reason), '') = '' or expires_at is null or expires_at <= started_at or promise_id is null
    or first_due_at > coalesce(closes, first_due_at)
