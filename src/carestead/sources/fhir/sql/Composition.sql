-- Composition: the cover of a document Bundle.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'Composition', id, status = 'entered-in-error', names_other(subject.reference, 'Patient'),
            person_ref(subject), bad_day("date"), '-') as problem,
    person_ref(subject) as ref_person,
    encounter_ref(encounter) as ref_encounter,
    coalesce(organisation_ref(custodian),
             case when names_type(author[1].reference, 'Organization') then organisation_ref(author[1]) end) as ref_organisation,
    on_day("date") as date,
    code_system_of(c, "type".text) as type_system,
    code_of(c, "type".text) as type,
    coalesce(c.display, "type".text) as type_display,
    title,
    status,
    'application/fhir+json' as content_type,
    'Composition/' || id as location
from (select *, preferred("type".coding) as c from resource)
