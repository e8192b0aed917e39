-- The record that each index worked out elsewhere was read from: its points are the index.
with known as (
    select code_id, score, items
    from code
    join recorded_code using (system, code)
),

sent as (
    select
        person_id, score, date, code_id, value as sent,
        case when items is null or value > 1 then value else round(value * items) end as value,
        source_id, file_id, source_row
    from event
    join known using (code_id)
    where
        (date <= $as_of or date is null)
        and case when items is null or value <= 1 then value between 0 and 1
            else value <= items and value = floor(value) end
)

select
    person_id, score, 'recorded' as item, code_id, date, date as last_date, 1 as times, sent as value,
    case
        when row_number() over (
            partition by person_id, score
            order by coalesce(date, date '0001-01-01') desc, value desc, source_id, file_id, source_row nulls last
        ) = 1 then value
        else 0
    end as points,
    'event' as origin, source_id, file_id, source_row
from sent
