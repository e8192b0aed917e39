-- Frailty indices worked out elsewhere and sent with the record, each up to $as_of; the latest possible value counts.
with known as (
    select code_id, score, items
    from code
    join recorded_code using (system, code)
),

sent as (
    -- a share of the index's deficits is turned into the count it came from: 0.36 of 36 is 13
    select
        person_id, score, date, code_id, value as sent,
        case when items is null or value > 1 then value else round(value * items) end as value,
        source_id, file_id, source_row
    from event
    join known using (code_id)
    where
        (date <= $as_of or date is null)
        -- a fact dated back was not known before it was written down
        and (recorded_date is null or recorded_date <= $as_of)
        and case when items is null or value <= 1 then value between 0 and 1
            else value <= items and value = floor(value) end
)

select
    person_id, score, date, code_id, sent, value,
    row_number() over (
        partition by person_id, score
        order by coalesce(date, date '0001-01-01') desc, value desc, source_id, file_id, source_row nulls last
    ) = 1 as is_latest,
    source_id, file_id, source_row
from sent
