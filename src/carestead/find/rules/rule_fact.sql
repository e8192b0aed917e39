-- What rules ask about each person alive and registered: the facts of reference table asked_fact, one row each.
-- Encounters are read once: each has the names of all it stands for.
with named as (
    select
        person_id, start_date, end_date,
        unnest(list_filter([
            case when attended is not false then kind end,
            case when attended is not false and kind in (
                'gp-appointment', 'community-contact', 'mental-health-contact', 'social-care-contact'
            ) then 'contact' end,
            case when attended is false then 'missed' end,
            case when kind = 'admission' and method = 'emergency' then 'emergency-admission' end,
            case
                when
                    kind = 'admission' and method = 'emergency' and end_date <= $as_of
                    and coalesce(discharge_destination, '') not in ('died', 'other-hospital')
                    then 'emergency-discharge'
            end,
            case when kind = 'admission' and coalesce(end_date > $as_of, true) then 'in-hospital' end
        ], lambda name: name is not null)) as name
    from encounter
    where start_date <= $as_of
),

met as (
    select
        person_id, name,
        count(distinct start_date) filter (where start_date > cast($as_of as date) - to_years(1)) as value,
        min(start_date) as first_date,
        max(case when name = 'emergency-discharge' then end_date else start_date end) as last_date
    from named
    join asked_fact using (name)
    where asked_fact.kind = 'encounter'
    group by person_id, name
),

coded as (
    select code_id, name
    from code
    join asked_diagnosis on starts_with(upper(regexp_replace(code.code, '[^A-Za-z0-9]', '', 'g')), prefix)
    where system = 'icd10'
),

diagnosed as (
    select person_id, name, count(*) as value, min(date) as first_date, max(date) as last_date
    from diagnosis
    join coded using (code_id)
    where date <= $as_of
    group by person_id, name
),

cared as (
    select
        person_id, case when kind in ('residential', 'nursing') then 'care-home' else kind end as name,
        min(start_date) as first_date, max(start_date) as last_date
    from care_package
    where coalesce(start_date <= $as_of, true) and coalesce(end_date >= $as_of, true)
    group by person_id, name
),

related as (
    select person_id, kind as name, min(start_date) as first_date
    from relationship
    where coalesce(start_date <= $as_of, true) and coalesce(end_date > $as_of, true)
    group by person_id, kind
),

raised as (
    select person_id, flag as name, min(since) as first_date, max(last_date) as last_date
    from flag
    group by person_id, flag
),

featured as (
    select
        person_id,
        unnest([
            {'name': 'age', 'value': age, 'day': null},
            {'name': 'emergency_admissions', 'value': emergency_admissions, 'day': null},
            {'name': 'emergency_attendances', 'value': emergency_attendances, 'day': null},
            {'name': 'emergency_bed_days', 'value': emergency_bed_days, 'day': null},
            {'name': 'last_contact', 'value': null, 'day': last_contact}
        ]) as said
    from feature
),

fact as (
    select person_id, 'encounter' as kind, name, cast(value as double) as value, null as band, first_date, last_date
    from met
    union all
    select person_id, 'diagnosis' as kind, name, cast(value as double) as value, null as band, first_date, last_date
    from diagnosed
    union all
    select person_id, 'care' as kind, name, null as value, null as band, first_date, last_date
    from cared
    union all
    select person_id, 'relationship' as kind, name, null as value, null as band, first_date, null as last_date
    from related
    union all
    select person_id, 'flag' as kind, name, null as value, null as band, first_date, last_date
    from raised
    union all
    select person_id, 'score' as kind, score as name, value, band, null as first_date, null as last_date
    from score
    union all
    select
        person_id, 'item' as kind, score || '/' || item as name, cast(times as double) as value, null as band,
        first_date, last_date
    from item_fact
    union all
    select
        person_id, 'feature' as kind, said.name as name, cast(said.value as double) as value, null as band,
        null as first_date, said.day as last_date
    from featured
    where said.value > 0 or said.day is not null
)

select person_id, kind, name, value, band, first_date, last_date
from fact
join asked_fact using (kind, name)
join feature using (person_id)
