-- The separate lists of adults: who is on each, how strongly, why in words, and in what order at each practice.
-- What puts a person on a list: reference/find/register.yaml, as tables register_list, register_criterion, register_value.
with adult as (
    select
        person_id, practice_code, age, emergency_admissions, emergency_attendances, emergency_bed_days,
        cast(care_home as integer) as care_home, cast(home_care as integer) as home_care
    from feature
    where age >= $from_age
),

fact as (
    select person_id, 'score' as kind, score as name, band, value from score
    union all
    select distinct person_id, 'flag', flag, null, 1 from flag
    union all
    select person_id, 'segment', segment, null, 1 from segment
    union all
    select person_id, 'feature', name, null, value
    from (unpivot adult on emergency_admissions, emergency_attendances, care_home, home_care into name name value value)
    where value > 0
),

hit as materialized (
    -- the few rules meet the many facts first, by name; ages are looked at among the few that are left
    select person_id, cohort, telling, level, value, from_age, below_age, contains(words, '{') as says_value
    from fact
    join register_criterion using (kind, name)
    where
        coalesce(register_criterion.band = fact.band, register_criterion.band is null)
        and value >= at_least and value < below
),

met as (
    select distinct
        person_id, cohort, telling as number, level,
        if(says_value, value, null) as value, if(says_value, emergency_bed_days, null) as nights
    from hit
    join adult using (person_id)
    where age >= from_age and age < below_age
),

reason as (
    select person_id, cohort, met.number, met.level,
        replace(replace(
            words,
            '{value}',
            coalesce(if(value = floor(value), cast(cast(value as bigint) as varchar), printf('%.1f', value)), '')),
            '{nights}',
            coalesce(nights || if(nights = 1, ' night', ' nights'), '')) as said
    from met
    join register_criterion using (cohort, number)
),

happened as (
    -- what has happened lately, or was proposed when it had and is still undecided
    select
        person_id,
        max(since) as since,
        string_agg(because, '; ' order by since desc, entry) as because
    from sudden_entry
    where is_new or person_id in (
        select person_id from register_before
        where state = 'proposed' and contains(',' || cohorts, ',sudden:')
    )
    group by person_id
),

member as (
    select person_id, cohort, max(level) as level, string_agg(said, '; ' order by level desc, number) as because,
        cast(null as date) as since
    from reason
    group by person_id, cohort
    union all
    select person_id, 'sudden', 1, because, since
    from happened
    join adult using (person_id)
),

valued as (
    select person_id, met.cohort, min_by(fact.value, register_value.number) as value
    from (select distinct person_id, cohort from met) as met
    join register_value using (cohort)
    join fact using (person_id, kind, name)
    group by person_id, met.cohort
),

needed as (
    select person_id, cast(sum(points) as integer) as benefit from need group by person_id
)

select
    person_id,
    cohort,
    cast(row_number() over (
        partition by practice_code, cohort
        order by benefit desc nulls last, level desc, since desc nulls last, value desc nulls last, person_id
    ) as integer) as rank,
    level,
    value,
    coalesce(benefit, 0) as benefit,
    since,
    because,
    practice_code
from member
join adult using (person_id)
left join valued using (person_id, cohort)
left join needed using (person_id)
