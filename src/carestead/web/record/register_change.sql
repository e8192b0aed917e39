-- reads: register_change
select change, cause, because, rank_before, rank, before from register_change where person_id = $person_id
