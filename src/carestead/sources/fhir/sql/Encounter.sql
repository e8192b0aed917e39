-- Encounter. Kind: class EMER is an emergency attendance, IMP and its like an admission, HH a community contact; any
-- other class is what the source is for ($source_kind), so a practice's is a gp-appointment, a hospital's outpatient.
-- In a source of unknown kind, check-ups and general examinations are a practice's.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'Encounter', id, status = 'entered-in-error', names_other(subject.reference, 'Patient'),
            person_ref(subject), bad_day(period."start") or bad_day(period."end"), '-') as problem,
    person_ref(subject) as ref_person,
    list_filter(list_transform(participant, lambda p: practitioner_ref(p.individual)), lambda p: p is not null)[1]
        as ref_practitioner,
    organisation_ref(serviceProvider) as ref_organisation,
    on_day(period."start") as start_date,
    on_day(period."end") as end_date,
    kind,
    case
        when admit = 'hosp-trans' then 'transfer'
        when admit in ('born', 'mp') then 'maternity'
        when urgency in ('EM', 'UR', 'CR') or admit = 'emd' then 'emergency'
        when urgency in ('EL', 'R') then 'elective'
    end as method,
    case when status in ('cancelled', 'noshow') then false when status in ('finished', 'in-progress', 'arrived') then true
         end as attended,
    case when kind = 'admission' then greatest(date_diff('day', on_day(period."start"), on_day(period."end")), 0) end
        as length_of_stay,
    list_filter(types, lambda c: c.system = 'https://fhir.hl7.org.uk/Id/hrg' or c.system = 'https://fhir.nhs.uk/Id/hrg')[1].code
        as currency,
    serviceType.coding[1].code as specialty,
    code_system_of(r, reason_words) as reason_system,
    code_of(r, reason_words) as reason,
    coalesce(r.display, reason_words) as reason_display,
    case
        when went in ('usual-residence', 'care-home', 'other-hospital', 'died', 'other') then went
        when went = 'home' then 'usual-residence'
        when went in ('snf', 'long', 'alt-home', 'hosp') then 'care-home'
        when went = 'other-hcf' then 'other-hospital'
        when went = 'exp' then 'died'
        when went is not null then 'other'
    end as discharge_destination,
    list_transform(diagnosis, lambda d: local_id(d.condition.reference)) as diagnosis_ids,
    list_transform(diagnosis, lambda d: d.rank) as diagnosis_ranks,
    identifier as identifiers
from (
    select *,
        case
            when "class".code = 'EMER' then 'emergency-attendance'
            when "class".code in ('IMP', 'ACUTE', 'NONAC', 'SS', 'OBSENC') then 'admission'
            when "class".code = 'HH' then 'community-contact'
            when $source_kind = 'gp' then 'gp-appointment'
            when $source_kind = 'community' then 'community-contact'
            when $source_kind = 'mental-health' then 'mental-health-contact'
            when $source_kind = 'social-care' then 'social-care-contact'
            when $source_kind = 'voluntary' then 'other'
            when $source_kind = 'other' and "type"[1].coding[1].code in ('185349003', '162673000', '410620009', '185345009')
                then 'gp-appointment'
            when "class".code in ('AMB', 'VR') then 'outpatient'
            else 'other'
        end as kind,
        priority.coding[1].code as urgency,
        hospitalization.admitSource.coding[1].code as admit,
        hospitalization.dischargeDisposition.coding[1].code as went,
        flatten(list_transform("type", lambda t: t.coding)) as types,
        preferred(reasonCode[1].coding) as r,
        reasonCode[1].text as reason_words
    from resource)
