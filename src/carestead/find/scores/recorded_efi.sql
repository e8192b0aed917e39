-- Frailty indices worked out elsewhere and sent with the record: the latest possible value of each up to $as_of.
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
        and case when items is null or value <= 1 then value between 0 and 1
            else value <= items and value = floor(value) end
),

latest as (
    select
        *,
        row_number() over (
            partition by person_id, score
            order by coalesce(date, date '0001-01-01') desc, value desc, source_id, file_id, source_row nulls last
        ) as place
    from sent
)

select person_id, score, value, max_by(band, at_least) as band
from latest
join recorded_band using (score)
where place = 1 and value >= at_least
group by person_id, score, value
