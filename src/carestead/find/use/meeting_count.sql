-- How often each person met each kind of service in the year up to $as_of: the only count of encounters there is. Days
-- are counted, not rows, so that a meeting which two suppliers send counts once; one that either says was attended was.
with day as (
    select person_id, kind, start_date, bool_or(attended is not false) as met
    from encounter
    where kind not in ('admission', 'emergency-attendance') and start_date <= $as_of
    group by person_id, kind, start_date
    union all
    select person_id, kind, start_date, true as met
    from hospital_visit
),

dated as (
    select *, start_date > cast($as_of as date) - to_years(1) as is_recent from day
)

select
    person_id, kind,
    count(*) filter (where met and is_recent) as attended,
    count(*) filter (where not met and is_recent) as missed,
    min(start_date) filter (where met and is_recent) as first_attended,
    max(start_date) filter (where met) as last_attended,
    min(start_date) filter (where not met and is_recent) as first_missed,
    max(start_date) filter (where not met and is_recent) as last_missed
from dated
group by person_id, kind
