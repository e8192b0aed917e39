-- reads: segment
select segment, rule_set, because from segment where person_id = $person_id
