-- Which conditions of the Cambridge Multimorbidity Score a person has: the signs in the record, put together by the ways
-- of reference/scores/cambridge.yaml. A way is met when all the signs it wants are there and none that it rules out.
with sign as (
    select person_id, item as sign
    from item_mask
    join cambridge_bit using (word)
    where item_mask.mask & cambridge_bit.mask <> 0
    union all
    select person_id, sign
    from prescribed
    join condition_prescription using (medicines)
    where case when months = 12 then issues_12_months else issues end >= least
)

select person_id, condition, way
from sign
join condition_way using (sign)
group by person_id, condition, way
having count(*) filter (where wanted) = min(needed) and count(*) filter (where not wanted) = 0
