-- The places of each practice's register, and how many of them hold somebody a clinician has agreed to.
-- Halves are rounded up in whole numbers. $capacity, a number of people a practice, takes the place of the share.
with counted as (
    select
        practice_code,
        cast(count(*) filter (where age >= $from_age) as integer) as adults,
        cast(count(*) filter (where answer = 'accepted') as integer) as agreed
    from feature
    left join register_answer using (person_id)
    group by practice_code
),

placed as (
    select
        *,
        cast(coalesce(cast($capacity as integer), (adults * $share_per_mille * 2 + 1000) // 2000) as integer) as places,
        cast((adults * $least_per_mille + 999) // 1000 as integer) as least
    from counted
)

select
    practice_code, adults, places, agreed,
    least(least, places) as least,
    greatest(1, cast((places * $margin_per_mille * 2 + 1000) // 2000 as integer)) as margin
from placed
