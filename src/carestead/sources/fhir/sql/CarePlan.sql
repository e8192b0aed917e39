-- CarePlan: a plan made elsewhere, kept as a document.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'CarePlan', id, status = 'entered-in-error', names_other(subject.reference, 'Patient'),
            person_ref(subject), bad_day(period."start") or bad_day(created), '-') as problem,
    person_ref(subject) as ref_person,
    encounter_ref(encounter) as ref_encounter,
    case when names_type(author.reference, 'Organization') then organisation_ref(author) end as ref_organisation,
    coalesce(on_day(period."start"), on_day(created)) as date,
    code_system_of(c, k.text) as type_system,
    code_of(c, k.text) as type,
    coalesce(c.display, k.text) as type_display,
    coalesce(title, k.text, c.display) as title,
    status,
    'application/fhir+json' as content_type,
    'CarePlan/' || id as location
from (
    select *, preferred(k.coding) as c
    from (select *, coalesce(list_filter(category, lambda x: len(list_filter(x.coding,
                      lambda y: y.system = 'http://snomed.info/sct')) > 0)[1], category[1]) as k from resource))
