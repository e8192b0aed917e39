-- One row a person. The practice's word on demographics comes before other sources'; among equals the commonest word,
-- then the smallest, so that the order of rows never matters. Death: the earliest date that is not before birth.
with said as (
    select patient.*, coalesce(source.kind = 'gp', false) as by_practice
    from patient
    left join source using (source_id)
),
birth as (
    select person_id, birth_date as value, bool_or(by_practice) as first, count(*) as n
    from said where birth_date is not null and birth_date <= $as_of group by person_id, birth_date
),
sex as (
    select person_id, sex as value, bool_or(by_practice) as first, count(*) as n
    from said where sex is not null and sex <> 'unknown' group by person_id, sex
),
ethnicity as (
    select person_id, ethnicity as value, bool_or(by_practice) as first, count(*) as n
    from said where ethnicity is not null group by person_id, ethnicity
),
-- the area and its decile are one fact: they are taken from the same row
home as (
    select person_id, lsoa, imd_decile, bool_or(by_practice) as first, count(*) as n
    from said where lsoa is not null or imd_decile is not null group by person_id, lsoa, imd_decile
),
best_birth as (
    select person_id, value from birth
    qualify row_number() over (partition by person_id order by first desc, n desc, value) = 1
),
best_sex as (
    select person_id, value from sex
    qualify row_number() over (partition by person_id order by first desc, n desc, value) = 1
),
best_ethnicity as (
    select person_id, value from ethnicity
    qualify row_number() over (partition by person_id order by first desc, n desc, value) = 1
),
best_home as (
    select person_id, lsoa, imd_decile from home
    qualify row_number() over (partition by person_id order by first desc, lsoa is null, n desc, lsoa, imd_decile) = 1
),
-- a person may seem registered twice between two practices' deliveries: the later start is where they are now
registered as (
    select person_id, practice_code, usual_gp_code
    from registration
    where (start_date is null or start_date <= $as_of) and (end_date is null or end_date > $as_of)
    qualify row_number() over (
        partition by person_id
        order by start_date desc nulls last, usual_gp_code is null, practice_code, usual_gp_code, source_id, source_row
    ) = 1
),
known as (
    select person_id, count(distinct source_id) as sources, min(death_date) as death_date
    from said
    group by person_id
)
select
    known.person_id,
    best_birth.value as birth_date,
    coalesce(best_sex.value, 'unknown') as sex,
    case when best_birth.value is null or known.death_date >= best_birth.value then known.death_date end as death_date,
    best_ethnicity.value as ethnicity,
    best_home.lsoa,
    best_home.imd_decile,
    registered.practice_code,
    registered.usual_gp_code,
    known.sources::smallint as sources
from known
left join best_birth using (person_id)
left join best_sex using (person_id)
left join best_ethnicity using (person_id)
left join best_home using (person_id)
left join registered using (person_id)
order by known.person_id
