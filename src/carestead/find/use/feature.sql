-- What the register's rule asks about each person alive and registered on $as_of. Nothing is counted here: meetings and
-- stays are counted once, in `meeting_count` and `hospital_visit`.
with met as (
    select
        person_id,
        max(last_attended) as last_contact,
        sum(attended) as contacts,
        sum(missed) as missed_appointments,
        sum(attended) filter (where kind = 'gp-appointment') as gp_contacts,
        sum(attended) filter (where kind = 'outpatient') as outpatient_attendances,
        sum(attended) filter (where kind = 'emergency-attendance') as emergency_attendances
    from meeting_count
    group by person_id
),

stayed as (
    select
        person_id,
        count(*) filter (where is_recent and method = 'emergency') as emergency_admissions,
        sum(nights) filter (where is_recent and method = 'emergency') as emergency_bed_days,
        count(*) filter (where is_recent and method = 'elective') as admissions_elective
    from (
        select *, start_date > cast($as_of as date) - to_years(1) as is_recent
        from hospital_visit
        where kind = 'admission'
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
    coalesce(admissions_elective, 0) as admissions_elective,
    coalesce(outpatient_attendances, 0) as outpatient_attendances,
    coalesce(gp_contacts, 0) as gp_contacts,
    coalesce(contacts, 0) as contacts,
    coalesce(missed_appointments, 0) as missed_appointments,
    last_contact,
    coalesce(home_care, false) as home_care,
    coalesce(care_home, false) as care_home
from person
left join met using (person_id)
left join stayed using (person_id)
left join cared using (person_id)
where practice_code is not null and (death_date is null or death_date > $as_of)
