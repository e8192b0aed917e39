-- Appointment: a meeting booked. Missed and cancelled ones are kept, as not attended; booked ones have no answer yet.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'Appointment', id, status = 'entered-in-error', false, person,
            bad_day("start") or bad_day("end"), '-') as problem,
    person as ref_person,
    list_filter(list_transform(list_filter(participant, lambda p: names_type(p.actor.reference, 'Practitioner')
                                               or names_type(p.actor.reference, 'PractitionerRole')),
                               lambda p: practitioner_ref(p.actor)), lambda p: p is not null)[1] as ref_practitioner,
    list_filter(list_transform(list_filter(participant, lambda p: names_type(p.actor.reference, 'Organization')),
                               lambda p: organisation_ref(p.actor)), lambda p: p is not null)[1] as ref_organisation,
    on_day("start") as start_date,
    on_day("end") as end_date,
    case $source_kind when 'gp' then 'gp-appointment' when 'other' then 'gp-appointment' when 'acute' then 'outpatient'
        when 'community' then 'community-contact' when 'mental-health' then 'mental-health-contact'
        when 'social-care' then 'social-care-contact' else 'other' end as kind,
    case when status in ('noshow', 'cancelled') then false when status in ('fulfilled', 'arrived', 'checked-in') then true
         end as attended,
    coalesce(specialty[1].coding[1].code, serviceType[1].coding[1].code) as specialty,
    code_system_of(r, reasonCode[1].text) as reason_system,
    code_of(r, reasonCode[1].text) as reason,
    coalesce(r.display, reasonCode[1].text) as reason_display
from (
    select *, preferred(reasonCode[1].coding) as r,
        coalesce(list_filter(list_transform(participant, lambda p: case when names_type(p.actor.reference, 'Patient')
                                                                     then person_ref(p.actor) end),
                             lambda p: p is not null)[1],
                 list_filter(list_transform(participant, lambda p: case when starts_with(p.actor.reference, 'urn:')
                                                                     then person_ref(p.actor) end),
                             lambda p: p is not null)[1]) as person
    from resource)
