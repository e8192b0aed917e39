-- The facts and medicines behind each electronic Frailty Index: a point a deficit. Of the medicines that polypharmacy is
-- counted from each has a row, and the first has the point.
with numbered as (
    select
        medicine_history.*,
        row_number() over (partition by person_id order by first_date nulls last, code_id) as place
    from medicine_history
    join medicine_count using (person_id)
    where definition = $definition and is_polypharmacy and counts_for & $counts > 0
)

select
    person_id, 'efi' as score, item, code_id, first_date as date, last_date, times, value, 1 as points, 'event' as origin,
    source_id, file_id, source_row
from item_fact
where score = 'efi'
union all
select
    person_id, 'efi' as score, 'polypharmacy' as item, code_id, first_date as date, last_date, issues as times,
    cast(null as double) as value, case when place = 1 then 1 else 0 end as points, 'medication' as origin,
    source_id, file_id, source_row
from numbered
