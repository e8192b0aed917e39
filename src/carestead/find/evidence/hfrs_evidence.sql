-- The diagnoses behind each Hospital Frailty Risk Score: a three-character code has its points once.
with coded as (
    select code_id, icd10, tenths
    from (
        select code_id, left(upper(regexp_replace(code, '[^A-Za-z0-9]', '', 'g')), 3) as icd10
        from code
        where system = 'icd10'
    )
    join hfrs_points using (icd10)
),

gathered as (
    select
        person_id, icd10, min(tenths) as tenths, min(date) as date, max(date) as last_date,
        cast(count(*) as integer) as times,
        min({
            'date': date, 'code_id': code_id, 'source_id': source_id, 'file_id': file_id,
            'source_row': coalesce(source_row, -1)
        }) as first
    from diagnosis
    join coded using (code_id)
    where date > cast($as_of as date) - to_years($lookback_years) and date <= $as_of
    group by person_id, icd10
)

select
    person_id, 'hfrs' as score, icd10 as item, first.code_id as code_id, date, last_date, times,
    cast(null as double) as value, tenths / 10.0 as points, 'diagnosis' as origin,
    first.source_id as source_id, first.file_id as file_id, nullif(first.source_row, -1) as source_row
from gathered
