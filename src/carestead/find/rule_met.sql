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
    select
        person_id, clause, condition, is_none, day,
        replace(
            replace(
                case when day is null then replace(words, ' ({date})', '') else words end,
                '{date}', coalesce(strftime(day, '%-d %B %Y'), 'a day not recorded')
            ),
            '{value}', coalesce(printf('%.2f', value).regexp_replace('\.?0+$', ''), '?')
        ) as words
    from (
        select * replace (case when is_count then facts else value end as value)
        from counted
        join rule_condition using (condition)
        where facts >= how_many
    )
),

clause_met as (
    select
        person_id, clause, count(*) as conditions, max(day) as since, string_agg(words, ', ' order by condition) as shown
    from held
    group by person_id, clause
    having not bool_or(is_none)
)

select person_id, rule_set, rule, place, shown || not_shown as because, since
from clause_met
join rule_clause using (clause)
where conditions = needed
qualify row_number() over (partition by person_id, rule_set, place order by clause) = 1
