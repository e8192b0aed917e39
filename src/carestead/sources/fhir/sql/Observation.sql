-- Observation: a measurement or an answer. Its components, such as the two pressures, are rows of their own.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'Observation', id, status = 'entered-in-error' or status = 'cancelled',
            names_other(subject.reference, 'Patient'), person_ref(subject), bad_day(taken) or bad_day(issued),
            code_of(c, code.text)) as problem,
    person_ref(subject) as ref_person,
    encounter_ref(encounter) as ref_encounter,
    practitioner_ref(performer[1]) as ref_practitioner,
    case when names_type(performer[1].reference, 'Organization') then organisation_ref(performer[1]) end as ref_organisation,
    coalesce(on_day(taken), on_day(issued)) as date,
    code_system_of(c, code.text) as code_system,
    code_of(c, code.text) as code,
    coalesce(c.display, code.text) as code_display,
    'observation' as kind,
    coalesce(valueQuantity.value, valueInteger) as value,
    coalesce(valueQuantity.code, valueQuantity.unit) as unit,
    value_words(valueCodeableConcept, valueString, valueBoolean, valueDateTime) as value_text,
    status,
    on_day(issued) as recorded_date,
    component
from (
    select *, preferred(code.coding) as c,
        coalesce(effectiveDateTime, effectivePeriod."start", effectiveInstant) as taken
    from resource)
