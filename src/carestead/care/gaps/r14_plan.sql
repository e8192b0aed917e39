-- reads: plan, promise
with due as (select * from enrolled where until > $at and start + to_days($plan_days) < $at),
live as (select * from plan where state in ('active', 'on-hold')),
counted as (select person_id, count(*) as n from live group by person_id)
select d.person_id, 'enrolment' as subject_kind, 'plan' as subject_id, d.start + to_days($plan_days) as since, null as until,
    case when c.n > 1 then 'Has ' || c.n || ' plans at once' else 'Has no agreed care and support plan' end as words
from due d
left join counted c using (person_id)
where coalesce(c.n, 0) <> 1
union all
select person_id, 'plan', id::varchar, signed_at, null,
    'The plan does not say ' || case when agreed_on is null or signed_at is null then 'that it is agreed and signed'
        when review_on is null then 'when it is reviewed' else 'who is responsible for its review' end
from live
where agreed_on is null or signed_at is null or review_on is null or coalesce(review_by_code, '') = ''
union all
select l.person_id, 'plan', l.id::varchar, l.review_on::timestamp + interval 1 day, null,
    'The plan should have been reviewed, and nobody has promised to'
from live l
semi join enrolled e on e.person_id = l.person_id and e.until > $at
anti join promise p on p.person_id = l.person_id and p.state in (select state from promise_open)
    and p.template in (select template from review_template)
where l.review_on < $today
