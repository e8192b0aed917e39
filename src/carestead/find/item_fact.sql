-- The items of `item_mask` in rows: first, last and how often, with the first record that says so.
with coded as (
    select
        code_id, number,
        case when within_years is null then date '0001-01-01'
            else cast(cast($as_of as date) - to_years(within_years) as date) end as since,
        case when until_years is null then cast($as_of as date)
            else cast(cast($as_of as date) - to_years(until_years) as date) end as until
    from code
    join item_code using (system, code)
),

limits as (
    select code_id, number, unit, sex, above, below, lowest, highest
    from code
    join value_rule using (system, code)
),

said as (
    select person_id, number, date, code_id, cast(null as double) as value, source_id, file_id, source_row
    from event
    join coded using (code_id)
    where coalesce(date, date '0001-01-02') > since and coalesce(date, date '0001-01-02') <= until
    union all
    select person_id, number, date, event.code_id, value, source_id, file_id, source_row
    from event
    join limits on event.code_id = limits.code_id and limits.unit = lower(coalesce(event.unit, ''))
    join person using (person_id)
    where
        value between lowest and highest
        and (above is null or value > above) and (below is null or value < below)
        and (limits.sex is null or limits.sex = person.sex)
        and (date <= $as_of or date is null)
),

gathered as (
    -- of records that tie by date the smallest by code, source, file, row and value is the first: a total order.
    -- A record without a date comes after those with one.
    select
        person_id, number,
        min(date) as first_date, max(date) as last_date, cast(count(*) as integer) as times,
        min({
            'date': coalesce(date, date '9999-12-31'), 'code_id': code_id, 'source_id': source_id, 'file_id': file_id,
            'source_row': coalesce(source_row, -1), 'value': value
        }) as first
    from said
    group by person_id, number
)

select
    person_id, score, item, first_date, last_date, times,
    first.code_id as code_id, first.value as value, first.source_id as source_id, first.file_id as file_id,
    nullif(first.source_row, -1) as source_row
from gathered
join item_name using (number)
