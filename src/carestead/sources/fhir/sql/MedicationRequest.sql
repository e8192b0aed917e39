-- MedicationRequest: a medicine ordered. dm+d is preferred; a BNF code beside it is kept in bnf_code.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'MedicationRequest', id, status = 'entered-in-error', names_other(subject.reference, 'Patient'),
            person_ref(subject), bad_day(authoredOn) or bad_day(ends),
            coalesce(code_of(c, concept.text), ref_medication)) as problem,
    person_ref(subject) as ref_person,
    encounter_ref(encounter) as ref_encounter,
    practitioner_ref(requester) as ref_practitioner,
    case when names_type(requester.reference, 'Organization') then organisation_ref(requester) end as ref_organisation,
    on_day(authoredOn) as date,
    code_system_of(c, concept.text) as code_system,
    code_of(c, concept.text) as code,
    coalesce(c.display, concept.text) as code_display,
    coded_in(concept.coding, 'bnf').code as bnf_code,
    on_day(ends) as end_date,
    status,
    case when courseOfTherapyType.coding[1].code = 'continuous' then true
         when courseOfTherapyType.coding[1].code in ('acute', 'seasonal') then false
         when dispenseRequest.numberOfRepeatsAllowed > 0 then true end as is_repeat,
    dosageInstruction[1].text as dose,
    dispenseRequest.quantity.value as quantity,
    coalesce(dispenseRequest.quantity.unit, dispenseRequest.quantity.code) as quantity_unit,
    case when has_code(category, 'discharge') then 'hospital-discharge'
         when has_code(category, 'inpatient') or has_code(category, 'outpatient') then 'hospital'
         when $source_kind = 'gp' then 'gp' when $source_kind = 'acute' then 'hospital' else 'other' end as setting,
    ref_medication
from (
    select *, coalesce(coded_in(concept.coding, 'dmd'), preferred(concept.coding)) as c,
        dispenseRequest.validityPeriod."end" as ends
    from (
        select *,
            coalesce(medicationCodeableConcept,
                     list_filter(contained, lambda m: '#' || m.id = medicationReference.reference)[1].code) as concept,
            case when medicationCodeableConcept is null then local_id(medicationReference.reference) end as ref_medication
        from resource))
