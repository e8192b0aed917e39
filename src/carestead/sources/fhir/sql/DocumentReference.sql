-- DocumentReference: a letter or a summary; its content stays where the source keeps it.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'DocumentReference', id, status = 'entered-in-error', names_other(subject.reference, 'Patient'),
            person_ref(subject), bad_day("date"), '-') as problem,
    person_ref(subject) as ref_person,
    encounter_ref(context.encounter[1]) as ref_encounter,
    coalesce(organisation_ref(custodian),
             case when names_type(author[1].reference, 'Organization') then organisation_ref(author[1]) end) as ref_organisation,
    on_day("date") as date,
    code_system_of(c, "type".text) as type_system,
    code_of(c, "type".text) as type,
    coalesce(c.display, "type".text) as type_display,
    coalesce(description, content[1].attachment.title, "type".text, c.display) as title,
    status,
    content[1].attachment.contentType as content_type,
    coalesce(content[1].attachment.url, 'DocumentReference/' || id) as location
from (select *, preferred("type".coding) as c from resource)
