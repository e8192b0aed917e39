-- reads: cohort_member
-- The lists that people are on, each with the place at their practice and why.
select person_id, cohort, rank, since, because from cohort_member
where person_id in (select unnest($people::integer[]))
