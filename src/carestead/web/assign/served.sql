-- reads: assignment, placement
-- The practices whose people were proposed to somebody, or are among $people whom they hold.
select practice_code from assignment where $code in (named_gp_code, coordinator_code) and practice_code is not null
union
select practice_code from placement where list_contains($people::integer[], person_id)
order by practice_code
