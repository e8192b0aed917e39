-- What the register's rule asks about each person alive and registered on $as_of: one pass over encounters.
-- Days are counted, not rows, so that a stay which two suppliers send counts once.
with met as (
    select
        person_id,
        max(start_date) as last_contact,
        count(distinct start_date) filter (
            where kind = 'admission' and method = 'emergency' and start_date > cast($as_of as date) - to_years(1)
        ) as emergency_admissions,
        count(distinct start_date) filter (
            where kind = 'emergency-attendance' and start_date > cast($as_of as date) - to_years(1)
        ) as emergency_attendances
    from encounter
    where start_date <= $as_of and attended is not false
    group by person_id
),

stayed as (
    select person_id, sum(nights) as emergency_bed_days
    from (
        select
            person_id,
            start_date,
            -- of a stay that goes on, or went on, after the date only the nights before it
            max(least(coalesce(length_of_stay, end_date - start_date), cast($as_of as date) - start_date)) as nights
        from encounter
        where
            kind = 'admission' and method = 'emergency'
            and start_date > cast($as_of as date) - to_years(1) and start_date <= $as_of
        group by person_id, start_date
    )
    group by person_id
),

cared as (
    select
        person_id,
        bool_or(kind = 'home-care') as home_care,
        bool_or(kind in ('residential', 'nursing')) as care_home
    from care_package
    where coalesce(start_date <= $as_of, true) and coalesce(end_date >= $as_of, true)
    group by person_id
)

select
    person_id,
    practice_code,
    year(cast($as_of as date)) - year(birth_date)
    - case when strftime(birth_date, '%m%d') > strftime(cast($as_of as date), '%m%d') then 1 else 0 end as age,
    coalesce(emergency_admissions, 0) as emergency_admissions,
    coalesce(emergency_attendances, 0) as emergency_attendances,
    coalesce(emergency_bed_days, 0) as emergency_bed_days,
    last_contact,
    coalesce(home_care, false) as home_care,
    coalesce(care_home, false) as care_home
from person
left join met using (person_id)
left join stayed using (person_id)
left join cared using (person_id)
where practice_code is not null and (death_date is null or death_date > $as_of)
