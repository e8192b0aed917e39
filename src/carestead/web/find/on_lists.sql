-- reads: cohort_member, register_entry, assignment, person
-- Everybody on a list, registered with one of $practices, as find/register.sql gives them, nearest the top of a list first.
with member as (
    select person_id, min(rank) as place, string_agg(cohort || ':' || level, ',' order by cohort) as on_lists,
        string_agg(because, '; ' order by level desc, cohort) as because
    from cohort_member group by person_id
)
select p.person_id, r.rank, coalesce(r.reasons, m.because) as reasons, coalesce(r.cohorts, m.on_lists) as cohorts,
    r.earlier_decision, p.practice_code, p.birth_date, p.sex, p.death_date, a.named_gp_code, a.gp_reason, a.coordinator_code,
    a.coordinator_reason
from member m
join person p using (person_id)
left join register_entry r using (person_id)
left join assignment a using (person_id)
where list_contains($practices::varchar[], p.practice_code)
order by r.rank nulls last, m.place, p.person_id
