-- Hospital Frailty Risk Score: the points of the distinct three-character ICD-10 codes of the years up to $as_of.
-- Points are whole tenths until the last division, so that 7.1 + 4.0 is 11.1 and exactly 5 is exactly 5.
with coded as (
    -- the code table is small: codes are cleaned there, once, and never row by row (dots, daggers, X fillers, case)
    select code_id, icd10, tenths
    from (
        select code_id, left(upper(regexp_replace(code, '[^A-Za-z0-9]', '', 'g')), 3) as icd10
        from code
        where system = 'icd10'
    )
    join hfrs_points using (icd10)
),

recorded as (
    select distinct person_id, icd10, tenths
    from diagnosis
    join coded using (code_id)
    where date > cast($as_of as date) - to_years($lookback_years) and date <= $as_of
),

summed as (
    select person_id, cast(sum(tenths) as integer) as tenths
    from recorded
    group by person_id
)

select person_id, 'hfrs' as score, tenths / 10.0 as value, band
from summed
join hfrs_band on tenths between lowest and highest
