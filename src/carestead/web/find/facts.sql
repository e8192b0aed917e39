-- reads: person, practice, assignment, register_entry
select p.person_id, p.practice_code, g.group_code, p.birth_date, p.sex, p.death_date, p.usual_gp_code,
    a.named_gp_code, a.gp_reason, a.coordinator_code, a.coordinator_reason, r.reasons, r.rank, r.cohorts, r.earlier_decision
from person p
left join practice g using (practice_code)
left join assignment a using (person_id)
left join register_entry r using (person_id)
where p.person_id = $person_id
