-- ServiceRequest: an ask of another service. Priority asap and stat are urgent.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'ServiceRequest', id, status = 'entered-in-error', names_other(subject.reference, 'Patient'),
            person_ref(subject), bad_day(authoredOn) or bad_day(occurrencePeriod."end"), '-') as problem,
    person_ref(subject) as ref_person,
    case when names_type(requester.reference, 'Organization') then organisation_ref(requester) end as ref_organisation,
    list_filter(list_transform(list_filter(performer, lambda p: names_type(p.reference, 'Organization')),
                               lambda p: organisation_ref(p)), lambda p: p is not null)[1] as ref_to_organisation,
    on_day(authoredOn) as date,
    coalesce(words_of(code), words_of(performerType), words_of(category[1])) as service,
    case when priority = 'routine' then 'routine' when priority in ('urgent', 'asap', 'stat') then 'urgent'
         when priority is not null then 'unknown' end as priority,
    status,
    case when status = 'completed' then on_day(occurrencePeriod."end") end as closed_date,
    code_system_of(r, reasonCode[1].text) as reason_system,
    code_of(r, reasonCode[1].text) as reason,
    coalesce(r.display, reasonCode[1].text) as reason_display
from (select *, preferred(reasonCode[1].coding) as r from resource)
