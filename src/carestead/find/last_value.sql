-- The last two days' values of the measurements that scores compare, each in the measurement's first unit. Of several
-- values of one day the highest: two suppliers often send the same one.
with readable as (
    select code_id, measurement, unit, factor, lowest, highest
    from code
    join measurement_code using (system, code)
),

measured as (
    select
        person_id, measurement, date,
        max({
            'value': value * factor, 'code_id': event.code_id, 'source_id': source_id, 'file_id': file_id,
            'source_row': coalesce(source_row, -1)
        }) as highest
    from event
    join readable on event.code_id = readable.code_id and readable.unit = lower(coalesce(event.unit, ''))
    where date <= $as_of and value between lowest and readable.highest
    group by person_id, measurement, date
),

placed as (
    select *, row_number() over (partition by person_id, measurement order by date desc) as place from measured
)

select
    person_id, measurement, place, date, highest.value as value, highest.code_id as code_id,
    highest.source_id as source_id, highest.file_id as file_id, nullif(highest.source_row, -1) as source_row
from placed
where place <= 2
