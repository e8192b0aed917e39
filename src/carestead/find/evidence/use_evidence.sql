-- Behind each score of use: the stays and the days at an emergency department a row each, other meetings a row a kind.
with counted as (
    select
        'emergency-admissions' as score, kind || '-' || method as item, 1 as points, cast(nights as double) as value, *
    from hospital_visit
    where kind = 'admission' and method = 'emergency'
    union all
    select 'emergency-bed-days' as score, kind || '-' || method as item, nights as points, nights as value, *
    from hospital_visit
    where kind = 'admission' and method = 'emergency'
    union all
    select 'emergency-attendances' as score, kind as item, 1 as points, null as value, *
    from hospital_visit
    where kind = 'emergency-attendance'
)

select
    person_id, score, item, cast(null as integer) as code_id, start_date as date, end_date as last_date, times, value,
    points, 'encounter' as origin, source_id, file_id, source_row
from counted
where start_date > cast($as_of as date) - to_years(1)
union all
select
    person_id, 'contacts' as score, kind as item, null as code_id, first_attended as date, last_attended as last_date,
    null as times, attended as value, attended as points, 'encounter' as origin, null as source_id, null as file_id,
    null as source_row
from meeting_count
where attended > 0
union all
select
    person_id, 'missed-appointments' as score, kind as item, null as code_id, first_missed as date,
    last_missed as last_date, null as times, missed as value, missed as points, 'encounter' as origin,
    null as source_id, null as file_id, null as source_row
from meeting_count
where missed > 0
