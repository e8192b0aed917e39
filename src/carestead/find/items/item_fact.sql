-- The items of `item_mask` in rows: first, last and how often, with the first record that says so. One pass over events.
with said as (
    select person_id, number, date, code_id, cast(null as double) as value, source_id, file_id, source_row
    from event
    join item_window using (code_id)
    where
        coalesce(date, date '0001-01-02') > since and coalesce(date, date '0001-01-02') <= until
        -- a fact dated back was not known before it was written down
        and (recorded_date is null or recorded_date <= $as_of)
    union all
    select person_id, number, date, code_id, value, source_id, file_id, source_row from item_value
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
