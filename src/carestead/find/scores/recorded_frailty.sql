-- Frailty as a clinician recorded it: the latest grade; of two on one day the graver. An undated record is the oldest.
select person_id, 'recorded_frailty' as score, cast(grade as double) as value, item as band
from (
    select
        person_id, item, grade,
        row_number() over (
            partition by person_id order by coalesce(last_date, date '0001-01-01') desc, grade desc
        ) as place
    from item_fact
    join recorded_frailty_grade using (item)
    where score = 'recorded_frailty'
)
where place = 1
