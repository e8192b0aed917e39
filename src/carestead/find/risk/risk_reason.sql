-- What each feature adds to each person's risk, in whole thousandths of a log-odds, so that reasons add up exactly. All
-- sums are of whole numbers (millionths), so that every engine rounds alike.
with known as (
    -- evaluation is research: who has opted out of that has no risk
    select * exclude (practice_code)
    from risk_feature
    where person_id not in (select person_id from opt_out where purpose = 'research')
),

told as (
    select person_id, feature, value
    from known
    unpivot include nulls (value for feature in (columns(* exclude (person_id))))
),

added as (
    select person_id, feature, any_value(value) as value,
        cast(floor((sum(micro * case
            when for_missing then cast(value is null as bigint)
            else coalesce(least(greatest(value, low), high) - low, 0)
        end) - any_value(usual) + 500) / 1000.0) as integer) as points
    from told
    join risk_term using (feature)
    group by person_id, feature
)

select person_id, feature, value, points from added where points <> 0
union all
select person_id, 'baseline' as feature, cast(null as integer) as value, cast($baseline as integer) as points
from known
