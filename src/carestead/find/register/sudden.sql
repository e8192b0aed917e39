-- What happened lately in a person's own record that puts them before a clinician the same day.
-- Days and codes: reference/find/register.yaml. Rows are kept for longer than they are new (see table sudden_entry).
with fall_code as (
    select distinct code_id
    from code
    join sudden_icd10 on starts_with(upper(regexp_replace(code, '[^A-Za-z0-9]', '', 'g')), prefix)
    where system = 'icd10'
),

discharged as (
    select person_id, row_key, start_date, end_date
    from encounter
    where
        kind = 'admission' and end_date > cast($as_of as date) - $kept_days and end_date <= $as_of
        and coalesce(discharge_destination not in ('died', 'other-hospital'), true)
),

home_after_fall as (
    select discharged.person_id, max(discharged.end_date) as since
    from discharged
    join diagnosis
        on discharged.person_id = diagnosis.person_id
        and (
            discharged.row_key = diagnosis.encounter_key
            or (diagnosis.encounter_key is null and diagnosis.date = discharged.start_date)
        )
    semi join fall_code using (code_id)
    group by discharged.person_id
),

home as (
    select person_id, kind, start_date, coalesce(end_date, date '9999-12-31') as end_date
    from care_package
    semi join sudden_care using (kind)
    where start_date <= $as_of
),

moved_in as (
    -- a package that follows another is the same stay, priced anew or moved
    select person_id, kind, start_date as since
    from home
    where
        start_date > cast($as_of as date) - $kept_days and end_date >= $as_of
        and not exists (
            select earlier.person_id from home as earlier
            where
                earlier.person_id = home.person_id and earlier.start_date < home.start_date
                and earlier.end_date >= home.start_date - $gap_days
        )
    qualify row_number() over (partition by person_id order by start_date desc, kind) = 1
),

first_palliative as (
    select person_id, min(since) as since from flag where flag = $palliative_flag group by person_id
),

emergency as (
    select distinct person_id, start_date as date
    from encounter
    where
        kind = 'admission' and method = 'emergency'
        and start_date > cast($as_of as date) - $kept_days - $emergency_days and start_date <= $as_of
),

counted as (
    select
        person_id, date,
        count(*) over (
            partition by person_id order by date
            range between to_days($emergency_days - 1) preceding and current row
        ) as admissions
    from emergency
),

repeated as (
    select person_id, max(date) as since, max_by(admissions, date) as admissions
    from counted
    where admissions >= $emergencies
    group by person_id
),

found as (
    select
        person_id, 'discharge-after-fall' as entry, since, $discharge_days as days,
        'Left hospital on ' || strftime(since, '%-d %B %Y') || ' after a fall or fracture' as because
    from home_after_fall
    union all
    select
        person_id, 'new-care-home', since, $care_home_days,
        'In ' || if(kind = 'nursing', 'a nursing', 'a residential care') || ' home since '
        || strftime(since, '%-d %B %Y')
    from moved_in
    union all
    select
        person_id, 'first-palliative', since, $palliative_days,
        'Palliative care first recorded on ' || strftime(since, '%-d %B %Y')
    from first_palliative
    union all
    select
        person_id, 'emergencies-in-a-month', since, $emergency_days,
        admissions || ' emergency admissions in ' || $emergency_days || ' days, the last on '
        || strftime(since, '%-d %B %Y')
    from repeated
)

select person_id, entry, since, since > cast($as_of as date) - days as is_new, because
from found
where since > cast($as_of as date) - $kept_days and since <= $as_of
