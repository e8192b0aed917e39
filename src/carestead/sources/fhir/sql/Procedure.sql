-- Procedure: something done. OPCS-4 codes are given to table procedure as well.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'Procedure', id, status = 'entered-in-error' or status = 'not-done',
            names_other(subject.reference, 'Patient'), person_ref(subject), bad_day(done) or bad_day(ended),
            code_of(c, code.text)) as problem,
    person_ref(subject) as ref_person,
    encounter_ref(encounter) as ref_encounter,
    practitioner_ref(performer[1].actor) as ref_practitioner,
    coalesce(organisation_ref(performer[1].onBehalfOf),
             case when names_type(performer[1].actor.reference, 'Organization') then organisation_ref(performer[1].actor) end)
        as ref_organisation,
    on_day(done) as date,
    code_system_of(c, code.text) as code_system,
    code_of(c, code.text) as code,
    coalesce(c.display, code.text) as code_display,
    'procedure' as kind,
    on_day(ended) as end_date,
    status,
    coded_in(code.coding, 'opcs4') as operation
from (
    select *, preferred(code.coding) as c,
        coalesce(performedDateTime, performedPeriod."start") as done,
        performedPeriod."end" as ended
    from resource)
