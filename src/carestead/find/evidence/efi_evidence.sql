-- The facts and medicines behind each electronic Frailty Index: a point a deficit. Of the medicines that polypharmacy is
-- counted from each has a row, and the first has the point.
with taken as (
    select person_id, code_id, date, source_id, file_id, source_row
    from medication
    where
        date <= $as_of
        and (
            date > cast($as_of as date) - to_months($months)
            or (is_repeat and coalesce(end_date >= $as_of, coalesce(lower(status), 'active') = 'active'))
        )
),

medicine as (
    select
        person_id, code_id, min(date) as date, max(date) as last_date, cast(count(*) as integer) as times,
        min({'date': date, 'source_id': source_id, 'file_id': file_id, 'source_row': coalesce(source_row, -1)}) as first
    from taken
    group by person_id, code_id
),

numbered as (
    select
        *,
        row_number() over (partition by person_id order by date, code_id) as place,
        count(*) over (partition by person_id) as medicines
    from medicine
)

select
    person_id, 'efi' as score, item, code_id, first_date as date, last_date, times, value, 1 as points, 'event' as origin,
    source_id, file_id, source_row
from item_fact
where score = 'efi'
union all
select
    person_id, 'efi' as score, 'polypharmacy' as item, code_id, date, last_date, times, cast(null as double) as value,
    case when place = 1 then 1 else 0 end as points, 'medication' as origin,
    first.source_id as source_id, first.file_id as file_id, nullif(first.source_row, -1) as source_row
from numbered
where medicines >= $medicines
