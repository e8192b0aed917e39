-- PractitionerRole: what a practitioner does where, for how many half-days a week, and away when.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'PractitionerRole', id, false, practitioner is null, '-',
            bad_day(leave."start") or bad_day(leave."end"), '-') as problem,
    practitioner_ref(practitioner) as ref_practitioner,
    organisation_ref(organization) as ref_organisation,
    role_word(codes) as role,
    list_filter(extension, lambda e: e.url = 'https://carestead.org/fhir/sessions-per-week')[1].valueDecimal as sessions,
    on_day(leave."start") as leave_start,
    on_day(leave."end") as leave_end
from (
    select *, notAvailable[1].during as leave,
        flatten(list_transform(code, lambda k: list_concat(list_transform(k.coding, lambda c: c.code),
                                                           list_transform(k.coding, lambda c: c.display), [k.text])))
        as codes
    from resource)
