-- measure/exposure.sql   emergency admissions, and time at risk, of people of $from_age and over in the 12 months up to
-- $as_of, by practice. Each person's time counts by the day: registered, alive, and at or past that birthday.
with span as (
    select r.person_id, r.practice_code,
        greatest(
            r.start_date,
            cast($as_of - interval 1 year as date) + 1,
            case when month(p.birth_date) = 2 and day(p.birth_date) = 29
                then cast(make_date(year(p.birth_date) + $from_age, 2, 28) + 1 as date)
                else make_date(year(p.birth_date) + $from_age, month(p.birth_date), day(p.birth_date)) end
        ) as first_day,
        least(coalesce(r.end_date, date '9999-12-31'), $as_of + 1) as day_after
    from registered r
    join person p using (person_id)
    where p.birth_date is not null
),
at_risk as (select * from span where first_day < day_after),
admitted as (
    select distinct person_id, start_date from encounter
    where kind = 'admission' and method = 'emergency' and coalesce(attended, true)
),
event as (
    select a.person_id, s.practice_code, count(*) as events
    from at_risk s
    join admitted a on a.person_id = s.person_id and a.start_date >= s.first_day and a.start_date < s.day_after
    group by all
),
time as (select practice_code, sum(day_after - first_day) as days from at_risk group by all),
counted as (
    select practice_code, sum(events) as events, sum(events * events) as events_squared from event group by all
)
select $measure as measure, t.practice_code as organisation_code,
    cast($as_of - interval 1 year as date) + 1 as period_start, $as_of as period_end,
    cast(coalesce(c.events, 0) as bigint) as events,
    cast(coalesce(c.events_squared, 0) as bigint) as events_squared,
    t.days / 365.25 as person_years
from time t
left join counted c using (practice_code)
