-- reads: need, register_entry
-- The needs of people on the register or proposed for it, and how many have each.
select need, count(*) as people from need join register_entry using (person_id)
group by need order by people desc, need
