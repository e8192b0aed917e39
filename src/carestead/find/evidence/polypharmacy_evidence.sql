-- The medicines behind each count, a point each; of several with one ingredient, where ingredients are counted, the
-- first has the point.
with counted as (
    select
        *,
        row_number() over (
            partition by person_id, case when $counts = 4 then coalesce(chemical, cast(code_id as varchar))
                else cast(code_id as varchar) end
            order by first_date nulls last, code_id
        ) as place
    from medicine_history
    where counts_for & $counts > 0
)

select
    person_id, 'polypharmacy' as score, coalesce(chemical, 'medicine ' || code_id) as item, code_id,
    first_date as date, last_date, issues as times, cast(null as double) as value,
    case when place = 1 then 1 else 0 end as points, 'medication' as origin, source_id, file_id, source_row
from counted
