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
        and (number is not null or value > above or value < below)
),

dated as (
    -- the readings a rule on the last values may ask of, in parts of its limit, numbered by days from the last one
    select
        hit.*, limits.number as rule, best_of_last, value / below as part,
        dense_rank() over (partition by person_id, limits.number order by date desc) as day
    from hit
    join limits on hit.code_id = limits.code_id and limits.unit = lower(coalesce(hit.unit, ''))
    where hit.number is null and best_of_last is not null and value between lowest and highest and date is not null
),

said as (
    select person_id, number, date, code_id, cast(null as double) as value, source_id, file_id, source_row
    from hit
    where number is not null
    union all
    select
        hit.person_id, limits.number, date, hit.code_id, hit.value, hit.source_id, hit.file_id, hit.source_row
    from hit
    join limits on hit.code_id = limits.code_id and limits.unit = lower(coalesce(hit.unit, ''))
    left join person using (person_id)
    where
        hit.number is null and best_of_last is null and value between lowest and highest
        and (limits.above is null or value > limits.above) and (limits.below is null or value < limits.below)
        and (limits.sex is null or limits.sex = person.sex)
    union all
    select person_id, rule, date, code_id, value, source_id, file_id, source_row
    from dated
    where day <= best_of_last
    qualify max(part) over (partition by person_id, rule) < 1
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
