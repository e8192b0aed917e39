-- reads: cohort_member
-- How many people are on exactly which of the separate lists; a sudden entry is an event, not a list of its own here.
select lists, count(*) as people
from (
    select person_id, list(distinct cohort order by cohort) as lists
    from cohort_member where cohort <> 'sudden' group by person_id
)
group by lists
