-- Condition: a problem or a diagnosis. ICD-10 codes of encounter diagnoses are given to table diagnosis as well.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'Condition', id, verificationStatus.coding[1].code = 'entered-in-error',
            names_other(subject.reference, 'Patient'), person_ref(subject),
            bad_day(onset) or bad_day(ended) or bad_day(recordedDate), code_of(c, code.text)) as problem,
    person_ref(subject) as ref_person,
    encounter_ref(encounter) as ref_encounter,
    practitioner_ref(recorder) as ref_practitioner,
    coalesce(on_day(onset), on_day(recordedDate)) as date,
    code_system_of(c, code.text) as code_system,
    code_of(c, code.text) as code,
    coalesce(c.display, code.text) as code_display,
    'condition' as kind,
    on_day(ended) as end_date,
    clinicalStatus.coding[1].code as status,
    on_day(recordedDate) as recorded_date,
    case when has_code(category, 'encounter-diagnosis') then coded_in(code.coding, 'icd10') end as diagnosis,
    try_cast(list_filter(extension, lambda e: e.url = 'https://carestead.org/fhir/diagnosis-position')[1].valueInteger
             as smallint) as position
from (
    select *, preferred(code.coding) as c,
        coalesce(onsetDateTime, onsetPeriod."start") as onset,
        coalesce(abatementDateTime, abatementPeriod."end") as ended
    from resource)
