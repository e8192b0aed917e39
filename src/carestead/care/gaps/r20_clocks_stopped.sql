-- reads: promise, request, person
with gone as (
    select person_id, death_date::timestamp as moment, 'has died' as how from person where death_date <= $today
    union all
    select person_id, until, case end_kind when 'died' then 'has died' when 'moved' then 'has moved away'
        else 'no longer wants it' end
    from enrolled
    where end_kind in ('died', 'moved', 'opted-out')
        and person_id not in (select person_id from enrolled where until > $at)
),
first as (select person_id, min(moment) as moment, arg_min(how, moment) as how from gone group by person_id),
running as (
    select 'promise' as kind, id, person_id
    from promise
    where state in (select state from promise_open)
        and not exists (select 1 from runs_on where starts_with(coalesce(promise.template, ''), runs_on.begins))
    union all
    select 'request', id, person_id from request where state in ('active', 'on-hold')
)
select r.person_id, r.kind as subject_kind, r.id::varchar as subject_id, f.moment as since, null as until,
    'The person ' || f.how || ', and the ' || r.kind || ' still runs' as words
from running r
join first f using (person_id)
