-- Immunization: a vaccine given.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'Immunization', id, status = 'entered-in-error' or status = 'not-done',
            names_other(patient.reference, 'Patient'), person_ref(patient),
            bad_day(occurrenceDateTime) or bad_day(recorded), code_of(c, vaccineCode.text)) as problem,
    person_ref(patient) as ref_person,
    encounter_ref(encounter) as ref_encounter,
    practitioner_ref(performer[1].actor) as ref_practitioner,
    case when names_type(performer[1].actor.reference, 'Organization') then organisation_ref(performer[1].actor) end
        as ref_organisation,
    on_day(occurrenceDateTime) as date,
    code_system_of(c, vaccineCode.text) as code_system,
    code_of(c, vaccineCode.text) as code,
    coalesce(c.display, vaccineCode.text) as code_display,
    'immunisation' as kind,
    occurrenceString as value_text,
    status,
    on_day(recorded) as recorded_date
from (select *, preferred(vaccineCode.coding) as c from resource)
