-- Everybody alive and registered has the one segment that comes first among those whose rule they meet, or the last.
with first_met as (
    select person_id, min({'place': place, 'segment': rule, 'because': because}) as found
    from rule_met
    where rule_set = $rule_set
    group by person_id
)

select
    person_id, coalesce(found.segment, $everybody_else) as segment, $rule_set as rule_set,
    coalesce(found.because, 'None of the segments before') as because
from feature
left join first_met using (person_id)
