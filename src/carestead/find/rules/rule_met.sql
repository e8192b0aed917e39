-- The rules that each person meets. A condition holds when enough of its facts do, within its limits; a clause is met
-- when all its conditions hold and none of those that must not; a rule by the first of its clauses that is met.
with tested as (
    select
        fact.person_id, condition, fact.value,
        case when fact.kind = 'flag' then fact.first_date else fact.last_date end as day
    from rule_fact fact
    join rule_test test on test.kind = fact.kind and test.name = fact.name
    left join rule_fact earlier
        on earlier.person_id = fact.person_id and earlier.kind = since_kind and earlier.name = since_name
    where
        (at_least is null or fact.value >= at_least)
        and (at_most is null or fact.value <= at_most)
        and (below is null or fact.value < below)
        and (test.band is null or fact.band = test.band)
        and (months is null or fact.last_date > cast($as_of as date) - to_months(months))
        and (days is null or fact.last_date > cast($as_of as date) - days)
        and (over_days is null or fact.last_date <= cast($as_of as date) - over_days)
        and (for_months is null
            or coalesce(fact.first_date, date '0001-01-01') <= cast($as_of as date) - to_months(for_months))
        and (since_kind is null or fact.last_date >= earlier.last_date + days_after)
),

counted as (
    select person_id, condition, count(*) as facts, max(value) as value, max(day) as day
    from tested
    group by person_id, condition
),

held as (
    select person_id, clause, condition, is_none, needed, rule_set, place, words, day,
        case when is_count then facts else value end as value
    from counted
    join rule_condition using (condition)
    join rule_clause using (clause)
    where facts >= how_many
),

chosen as (
    -- the clauses of a rule are numbered in order, so the least that is met is the first
    select person_id, min(clause) as clause
    from (
        select person_id, rule_set, place, clause
        from held
        group by person_id, rule_set, place, clause, needed
        having not bool_or(is_none) and count(*) = needed
    )
    group by person_id, rule_set, place
),

said as (
    -- words only for what was chosen: they cost more than all the rest
    select
        person_id, clause, max(day) as since,
        string_agg(
            replace(
                replace(
                    case when day is null then replace(words, ' ({date})', '') else words end,
                    '{date}', coalesce(strftime(day, '%-d %B %Y'), 'a day not recorded')
                ),
                '{value}', coalesce(regexp_replace(printf('%.2f', value), '\.?0+$', ''), '?')
            ),
            ', ' order by condition
        ) as shown
    from held
    join chosen using (person_id, clause)
    group by person_id, clause
)

select person_id, rule_set, rule, place, shown || not_shown as because, since
from said
join rule_clause using (clause)
