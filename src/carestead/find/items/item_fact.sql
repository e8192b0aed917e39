-- The items of `item_mask` in rows: first, last and how often, with the first record that says so. One pass over events.
with limits as (
    select code_id, number, unit, sex, above, below, best_of_last, lowest, highest
    from code
    join value_rule using (system, code)
),

listed as (
    -- codes of lists with their window; and of a measurement the values that are beyond a limit in some unit
    select
        code_id, number,
        case when within_years is null then date '0001-01-01'
            else cast(cast($as_of as date) - to_years(within_years) as date) end as since,
        case when until_years is null then cast($as_of as date)
            else cast(cast($as_of as date) - to_years(until_years) as date) end as until,
        null as above, null as below
    from code
    join item_code using (system, code)
    union all
    select
        code_id, null as number, date '0001-01-01' as since, cast($as_of as date) as until,
        min(coalesce(
            above, case when below is null or best_of_last is not null then '-infinity'::double end
        )) as above,
        max(coalesce(below, case when above is null then 'infinity'::double end)) as below
    from limits
    group by code_id
),

hit as materialized (
    select person_id, number, date, code_id, value, unit, source_id, file_id, source_row
    from event
    join listed using (code_id)
    where
        coalesce(date, date '0001-01-02') > since and coalesce(date, date '0001-01-02') <= until
        -- a fact dated back was not known before it was written down
        and (recorded_date is null or recorded_date <= $as_of)
        and (number is not null or value > above or value < below)
),

valued as materialized (
    -- a value counts when it lies outside a rule's limits, in a unit the rule knows, and is humanly possible; for a
    -- rule on the last values the others are wanted too, in parts of its limit
    select hit.* exclude (number), limits.number, sex, best_of_last, hit.value / limits.below as part
    from hit
    join limits on hit.code_id = limits.code_id and limits.unit = lower(coalesce(hit.unit, ''))
    where
        hit.number is null and value between lowest and highest
        and case
            when best_of_last is not null then date is not null
            else (limits.above is null or value > limits.above) and (limits.below is null or value < limits.below)
        end
),

-- the last so many days with a value, of people who have one below the limit at all
dated as (
    select *, dense_rank() over (partition by person_id, number order by date desc) as day
    from valued
    where best_of_last is not null and person_id in (select person_id from valued where part < 1)
),

said as (
    select person_id, number, date, code_id, cast(null as double) as value, source_id, file_id, source_row
    from hit
    where number is not null
    union all
    select person_id, number, date, code_id, value, source_id, file_id, source_row
    from valued
    left join person using (person_id)
    where best_of_last is null and (valued.sex is null or valued.sex = person.sex)
    union all
    select person_id, number, date, code_id, value, source_id, file_id, source_row
    from dated
    where day <= best_of_last
    qualify max(part) over (partition by person_id, number) < 1
),

gathered as (
    -- a record without a date comes after those with one; the order is total, so that equal records give equal rows
    select
        person_id, number, date as first_date, code_id, value, source_id, file_id, source_row,
        max(date) over each_item as last_date, cast(count(*) over each_item as integer) as times
    from said
    window each_item as (partition by person_id, number)
    qualify row_number() over (
        partition by person_id, number
        order by date nulls last, code_id, source_id, file_id, source_row nulls first, value nulls first
    ) = 1
)

select
    person_id, score, item, first_date, last_date, times, code_id, value, source_id, file_id, source_row
from gathered
join item_name using (number)
