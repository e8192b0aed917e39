-- The records behind each condition of the Cambridge Multimorbidity Score: those of every way in which it is met. The
-- first has the weight, the others support it with no points.
with shown as (
    select
        person_id, item as sign, code_id, first_date, last_date, times, value, 'event' as origin,
        source_id, file_id, source_row
    from item_fact
    where score = 'cambridge'
    union all
    select
        person_id, sign, code_id, first_date, last_date,
        case when months = 12 then issues_12_months else issues end as times, cast(null as double) as value,
        'medication' as origin, source_id, file_id, source_row
    from prescribed
    join condition_prescription using (medicines)
),

behind as (
    select distinct person_id, condition, sign
    from long_term_condition
    join condition_way using (condition, way)
    where wanted
),

ranked as (
    select
        *,
        row_number() over (
            partition by person_id, condition
            order by origin, first_date nulls last, sign, code_id, source_id, file_id, source_row
        ) as place
    from behind
    join shown using (person_id, sign)
)

select
    person_id, score, condition as item, code_id, first_date as date, last_date, times, value,
    case when place = 1 then hundredths / 100.0 else 0 end as points, origin, source_id, file_id, source_row
from ranked
join cambridge_weight using (condition)
