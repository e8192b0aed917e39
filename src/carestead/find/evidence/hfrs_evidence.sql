-- The diagnoses behind each Hospital Frailty Risk Score: the first of a three-character code has its points.
with coded as (
    select code_id, icd10, tenths
    from (
        select code_id, left(upper(regexp_replace(code, '[^A-Za-z0-9]', '', 'g')), 3) as icd10
        from code
        where system = 'icd10'
    )
    join hfrs_points using (icd10)
)

select
    person_id,
    'hfrs' as score,
    icd10 as item,
    code_id,
    date,
    cast(null as double) as value,
    case
        when row_number() over (
            partition by person_id, icd10
            order by date, code_id, position nulls last, source_id, file_id, source_row, row_key nulls last
        ) = 1 then tenths / 10.0
        else 0
    end as points,
    source_id,
    file_id,
    source_row
from diagnosis
join coded using (code_id)
where date > cast($as_of as date) - to_years($lookback_years) and date <= $as_of
