-- reads: stay, promise, person, notice
with discharged as (
    select s.id, s.person_id, s.discharged_at, s.discharge_heard_at as heard,
        case when s.mental_health then $mental_health_hours else $contact_hours end as within_hours
    from stay s
    join enrolled e on e.person_id = s.person_id and e.start <= least(s.discharged_at, s.discharge_heard_at)
        and e.until > greatest(s.discharged_at, s.discharge_heard_at)
    left join person p on p.person_id = s.person_id
    where s.state = 'finished' and s.discharge_heard_at + to_minutes($promise_minutes) < $at
        and coalesce(s.disposition, '') <> 'died' and coalesce(p.death_date > s.discharged_at::date, true)
),
follow_up as (
    select d.id as stay, d.discharged_at, d.heard, d.within_hours, p.*
    from discharged d
    join promise p on p.stay_id = d.id
    where p.replaces_id is null and p.state <> 'entered-in-error'
),
made as (select stay, count(*) as n from follow_up group by stay),
-- what was promised in turn for one stay: somebody took it over, or the person left again
chain as (select d.id as stay, d.discharged_at, p.* from discharged d join promise p on p.stay_id = d.id),
ended as (
    select stay, person_id, discharged_at, max(id) as id, max(ended_at) as ended_at
    from chain
    group by all
    having not bool_or(
        state in (select state from promise_open)
        or (state <> 'entered-in-error' and outcome in (select outcome from contact_outcome))
        or (attempts >= $attempts and stay in (
            select subject_id from notice where subject_kind = 'stay' and about = 'not-reached'
        ))
    )
)
select d.person_id, 'stay' as subject_kind, d.id::varchar as subject_id, d.heard as since, null as until,
    'Discharged, and ' || coalesce(m.n, 0) || ' promises to make contact instead of one' as words
from discharged d
left join made m on m.stay = d.id
where coalesce(m.n, 0) <> 1
union all
select person_id, 'promise', id::varchar, heard, asked_at,
    'The promise to make contact after the discharge came more than ' || $promise_minutes || ' minutes after the news of it'
from follow_up
where asked_at > heard + to_minutes($promise_minutes)
union all
select person_id, 'promise', id::varchar, discharged_at, ended_at,
    'The promise to make contact is due more than ' || within_hours || ' hours after the discharge'
from follow_up
where first_due_at > discharged_at + to_hours(within_hours)
union all
-- with the enrolment, somebody said of everything open what becomes of it
select f.person_id, 'promise', f.id::varchar, f.ended_at, case when e.until <= $at then e.until end,
    'The promise to make contact after the discharge has ended without contact'
from (select * replace (coalesce(ended_at, discharged_at) as ended_at) from ended) f
join enrolled e on e.person_id = f.person_id and e.start <= f.ended_at and e.until > f.ended_at
anti join promise n on n.replaces_id = f.id
anti join person p on p.person_id = f.person_id and p.death_date <= f.ended_at::date
anti join stay s on s.person_id = f.person_id and s.id <> f.stay and s.admitted_at >= f.discharged_at
    and s.admitted_at <= f.ended_at
