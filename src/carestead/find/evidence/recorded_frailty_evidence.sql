-- Every grade of frailty in the record; the one that counts has its points.
with graded as (
    select
        *,
        row_number() over (
            partition by person_id order by coalesce(last_date, date '0001-01-01') desc, grade desc
        ) as place
    from item_fact
    join recorded_frailty_grade using (item)
    where score = 'recorded_frailty'
)

select
    person_id, score, item, code_id, first_date as date, last_date, times, value,
    case when place = 1 then grade else 0 end as points, 'event' as origin, source_id, file_id, source_row
from graded
