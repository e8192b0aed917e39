-- AllergyIntolerance: what a person must not be given; the reactions are its text.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'AllergyIntolerance', id, verificationStatus.coding[1].code = 'entered-in-error',
            names_other(patient.reference, 'Patient'), person_ref(patient), bad_day(onset) or bad_day(recordedDate),
            code_of(c, code.text)) as problem,
    person_ref(patient) as ref_person,
    encounter_ref(encounter) as ref_encounter,
    practitioner_ref(recorder) as ref_practitioner,
    coalesce(on_day(onset), on_day(recordedDate)) as date,
    code_system_of(c, code.text) as code_system,
    code_of(c, code.text) as code,
    coalesce(c.display, code.text) as code_display,
    'allergy' as kind,
    nullif(array_to_string(list_transform(flatten(list_transform(reaction, lambda r: r.manifestation)),
                                          lambda m: words_of(m)), '; '), '') as value_text,
    clinicalStatus.coding[1].code as status,
    on_day(recordedDate) as recorded_date
from (
    select *, preferred(code.coding) as c, coalesce(onsetDateTime, onsetPeriod."start") as onset
    from resource)
