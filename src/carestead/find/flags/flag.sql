-- Flags that are up on $as_of. What records show is in `item_fact` already; of a flag and its counterpart the latest wins.
with noted as (
    select person_id, item, first_date, last_date, code_id, source_id, file_id, source_row
    from item_fact
    where score = 'flag'
),

recorded as (
    -- undated records are the oldest: a dated counterpart ends them, and an undated one ends nothing
    select
        noted.person_id, flag, noted.first_date as since, noted.last_date, noted.code_id, 'event' as origin,
        noted.source_id, noted.file_id, noted.source_row
    from noted
    join flag_rule using (item)
    left join noted ended on ended.person_id = noted.person_id and ended.item = flag_rule.ended_by
    where
        coalesce(noted.last_date, date '0001-01-01') >= coalesce(ended.last_date, date '0001-01-01')
        and (from_date is null or noted.last_date >= from_date)
),

packaged as (
    select
        person_id, flag, min(start_date) as since, max(coalesce(start_date, cast($as_of as date))) as last_date,
        cast(null as integer) as code_id, 'care_package' as origin,
        min({'source_id': source_id, 'file_id': file_id, 'source_row': coalesce(source_row, -1)}) as first
    from care_package
    join flag_package using (kind)
    where coalesce(start_date <= $as_of, true) and coalesce(end_date >= $as_of, true)
    group by person_id, flag
),

medicated as (
    select
        person_id, flag, first_date as since, last_date, code_id, 'medication' as origin, source_id, file_id, source_row
    from prescribed
    join flag_medicines using (medicines)
    where last_date > cast(cast($as_of as date) - to_months(months) as date)
)

from recorded
union all
select
    person_id, flag, since, last_date, code_id, origin,
    first.source_id as source_id, first.file_id as file_id, nullif(first.source_row, -1) as source_row
from packaged
union all
from medicated
