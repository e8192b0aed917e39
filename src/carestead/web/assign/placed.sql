-- reads: placement, assignment
-- The people of the register at $practices, with the holders proposed for them.
select placement.*, assignment.named_gp_code, assignment.coordinator_code
from placement left join assignment using (person_id)
where list_contains($practices::varchar[], placement.practice_code)
order by person_id
