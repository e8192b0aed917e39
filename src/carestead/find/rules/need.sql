-- What could still help each person: the needs whose rule they meet, each with its points and the action that meets it.
select person_id, rule as need, points, since, because, action
from rule_met
join need_rule using (rule)
where rule_set = $rule_set
