-- Cambridge Multimorbidity Score, with general and with mortality weights: the weights of the conditions a person has.
-- Weights are whole hundredths until the last division, so that sums are exact.
with had as (select distinct person_id, condition from long_term_condition)

select person_id, score, cast(sum(hundredths) as integer) / 100.0 as value, cast(null as varchar) as band
from had
join cambridge_weight using (condition)
group by person_id, score
