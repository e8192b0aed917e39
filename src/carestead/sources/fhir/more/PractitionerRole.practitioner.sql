-- A practitioner's work at one organisation, with the name and the rest from the Practitioner.
select r.source_row_key, r.practitioner_code, p.name, r.role, r.organisation_code, r.sessions, p.sex, p.birth_year,
    r.leave_start, r.leave_end, r.source_row, r.source_file
from good_PractitionerRole r
left join practitioner_detail p using (practitioner_code)
where r.practitioner_code is not null
