-- Registrations with their dates; the usual GP is the one the patient names, while the registration lasts.
select e.source_person_id, e.source_row_key, e.organisation_code as practice_code, e.start_date, e.end_date,
    case when e.end_date is null then p.practitioner_code end as usual_gp_code, e.source_row, e.source_file
from good_EpisodeOfCare e
left join (select source_person_id, max(practitioner_code) as practitioner_code from good_Patient group by all) p
    on p.source_person_id = e.source_person_id
where e.organisation_code is not null
