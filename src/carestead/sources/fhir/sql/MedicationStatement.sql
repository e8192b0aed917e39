-- MedicationStatement: a medicine somebody says is taken.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'MedicationStatement', id, status = 'entered-in-error' or status = 'not-taken',
            names_other(subject.reference, 'Patient'), person_ref(subject), bad_day(began) or bad_day(ends),
            coalesce(code_of(c, concept.text), ref_medication)) as problem,
    person_ref(subject) as ref_person,
    encounter_ref(context) as ref_encounter,
    case when names_type(informationSource.reference, 'Practitioner') then practitioner_ref(informationSource) end
        as ref_practitioner,
    coalesce(on_day(began), on_day(dateAsserted)) as date,
    code_system_of(c, concept.text) as code_system,
    code_of(c, concept.text) as code,
    coalesce(c.display, concept.text) as code_display,
    coded_in(concept.coding, 'bnf').code as bnf_code,
    on_day(ends) as end_date,
    status,
    dosage[1].text as dose,
    case when has_code([category], 'discharge') then 'hospital-discharge'
         when has_code([category], 'inpatient') or has_code([category], 'outpatient') then 'hospital'
         when $source_kind = 'gp' then 'gp' when $source_kind = 'acute' then 'hospital' else 'other' end as setting,
    ref_medication
from (
    select *, coalesce(coded_in(concept.coding, 'dmd'), preferred(concept.coding)) as c,
        coalesce(effectiveDateTime, effectivePeriod."start") as began,
        effectivePeriod."end" as ends
    from (
        select *,
            coalesce(medicationCodeableConcept,
                     list_filter(contained, lambda m: '#' || m.id = medicationReference.reference)[1].code) as concept,
            case when medicationCodeableConcept is null then local_id(medicationReference.reference) end as ref_medication
        from resource))
