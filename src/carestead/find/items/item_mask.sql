-- What each record shows of every code list: one bit an item, gathered in one pass over events.
with listed as (
    -- a code's items become one mask a window
    select code_id, word, since, until, bit_or(mask) as mask
    from item_window
    group by code_id, word, since, until
)

select person_id, word, bit_or(mask) as mask
from (
    select person_id, word, mask
    from event
    join listed using (code_id)
    where
        coalesce(date, date '0001-01-02') > since and coalesce(date, date '0001-01-02') <= until
        -- a fact dated back was not known before it was written down
        and (recorded_date is null or recorded_date <= $as_of)
    union all
    select person_id, word, mask from item_value
)
group by person_id, word
