-- Which code says which item, and between which days, the first left out. An undated fact counts as a very old one: it is
-- in the record, and says nothing of the last years.
select
    code_id, number, word, mask,
    case when within_years is null then date '0001-01-01'
        else cast(cast($as_of as date) - to_years(within_years) as date) end as since,
    case when until_years is null then cast($as_of as date)
        else cast(cast($as_of as date) - to_years(until_years) as date) end as until
from code
join item_code using (system, code)
