-- DiagnosticReport: kept as an observation; its results are Observations of their own.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'DiagnosticReport', id, status = 'entered-in-error' or status = 'cancelled',
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
    conclusion as value_text,
    status,
    on_day(issued) as recorded_date
from (
    select *, preferred(code.coding) as c, coalesce(effectiveDateTime, effectivePeriod."start") as taken
    from resource)
