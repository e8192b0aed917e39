-- reads: promise, care_event
with ended as (select * from promise where state in (select state from promise_ended)),
ending as (
    select subject_id, recorded_at, username, role
    from care_event
    where kind = 'promise' and state in (select state from promise_ended)
),
-- most ends are as they should be: only what is not is then put together with its promise
wrong as (
    select id, case
        when state = 'completed' then 'It is said to be kept, and not how or when'
        when ended_at is null then 'It has ended, and it is not said when'
        else 'It has ended, and it is not said why' end as words
    from ended
    where ended_at is null or case when state = 'completed' then coalesce(outcome, '') = '' or happened_at is null
        else coalesce(trim(reason), '') = '' end
    union all
    select id, 'It has ended, and nobody is known to have ended it'
    from ended
    anti join (select * from ending where username <> '') n on n.subject_id = id
    union all
    select subject_id, 'It was ended by carestead itself, not by somebody'
    from ending
    where role = 'system'
)
select e.person_id, 'promise' as subject_kind, e.id::varchar as subject_id,
    coalesce(any_value(e.ended_at), any_value(e.asked_at)) as since, null as until, string_agg(w.words, '; ') as words
from wrong w
join ended e using (id)
group by e.person_id, e.id
