-- How many people of a bucket have each feature, the score and the outcome in each of the ranges kept at fitting.
with told as (
    select person_id, item, value
    from risk_feature
    unpivot include nulls (value for item in (columns(* exclude (person_id, practice_code))))
),

every as (
    select item, value from told
    union all
    select 'score' as item, cast(sum(points) as integer) as value from risk_reason group by person_id
    union all
    select 'outcome' as item, cast(admitted as integer) as value from risk_outcome
),

placed as (
    select every.item, coalesce(risk_range.range, -1) as range
    from every
    left join risk_range
        on every.item = risk_range.item and every.value between risk_range.lowest and risk_range.highest
)

select item, range, count(*) as people from placed group by item, range
