-- reads: register_entry, assignment, person
-- Everybody proposed for the register, with who is proposed to look after them. $also are enrolled people whom the
-- newest run no longer proposes: being enrolled does not end by itself.
select person_id, r.rank, r.reasons, r.cohorts, r.earlier_decision, p.practice_code, p.birth_date, p.sex, p.death_date,
    a.named_gp_code, a.gp_reason, a.coordinator_code, a.coordinator_reason, r.person_id is not null as on_register
from person p
left join register_entry r using (person_id)
left join assignment a using (person_id)
where r.person_id is not null or p.person_id in (select unnest($also::integer[]))
order by r.rank nulls last, r.priority desc, person_id
