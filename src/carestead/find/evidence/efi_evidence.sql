-- The rows behind each electronic Frailty Index: the first of a deficit has its point, repeats have none.
with coded as (
    select code_id, deficit
    from code
    join efi_code using (system, code)
),

taken as (
    -- the medicines that polypharmacy is counted from
    select person_id, code_id, date, source_id, file_id, source_row
    from medication
    where
        date <= $as_of
        and (
            date > cast($as_of as date) - to_months($months)
            or (is_repeat and coalesce(end_date >= $as_of, coalesce(lower(status), 'active') = 'active'))
        )
),

polypharmacy as (
    select person_id
    from taken
    group by person_id
    having count(distinct code_id) >= $medicines
),

shown as (
    select person_id, deficit, code_id, date, value, source_id, file_id, source_row
    from event
    join coded using (code_id)
    where date <= $as_of or date is null
    union all
    select person_id, $polypharmacy_deficit, code_id, date, null, source_id, file_id, source_row
    from taken
    semi join polypharmacy using (person_id)
)

select
    person_id,
    'efi' as score,
    name as item,
    code_id,
    date,
    value,
    case
        when row_number() over (
            partition by person_id, deficit
            order by date nulls last, code_id, source_id, file_id, source_row nulls last, value nulls last
        ) = 1 then 1
        else 0
    end as points,
    source_id,
    file_id,
    source_row
from shown
join efi_deficit using (deficit)
