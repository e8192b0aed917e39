-- reads: event, medication, encounter, diagnosis, procedure, care_package, document, referral, code, source, organisation
-- Everything dated that any source says of one person, newest first, each with who said it.
with said as (
    select date, kind, coalesce(display, code) as what,
        case when value is not null then concat(format('{:g}', value), ' ', coalesce(unit, '')) else coalesce(value_text, '') end as detail,
        coalesce(status, '') as state, organisation_code, source_id
    from event join code using (code_id) where person_id = $person_id
    union all
    select date, 'medicine', coalesce(display, code), coalesce(dose, ''),
        concat_ws(', ', status, case when is_repeat then 'repeat' end, case when setting = 'hospital-discharge' then 'on discharge' end),
        organisation_code, source_id
    from medication join code using (code_id) where person_id = $person_id
    union all
    select start_date, 'encounter',
        concat(upper(kind[1]), replace(kind[2:], '-', ' '), case when method = 'emergency' then ', emergency' when method = 'elective' then ', planned' else '' end),
        concat_ws(', ', case when length_of_stay is not null then concat(length_of_stay, case when length_of_stay = 1 then ' night' else ' nights' end) end,
            case when discharge_destination is not null then concat('then ', replace(discharge_destination, '-', ' ')) end),
        case when attended = false then 'did not attend' else '' end, organisation_code, source_id
    from encounter where person_id = $person_id
    union all
    select date, 'diagnosis', coalesce(display, code), case when position = 1 then 'main diagnosis of the stay' else 'other diagnosis of the stay' end, '', null, source_id
    from diagnosis join code using (code_id) where person_id = $person_id
    union all
    select date, 'procedure', coalesce(display, code), 'in hospital', '', null, source_id
    from procedure join code using (code_id) where person_id = $person_id
    union all
    select start_date, 'social care', concat(upper(kind[1]), replace(kind[2:], '-', ' ')),
        case when hours_per_week is not null then concat(format('{:g}', hours_per_week), ' hours a week') else '' end,
        case when end_date is null then 'goes on' else concat('until ', strftime(end_date, '%-d %b %Y')) end, provider_code, source_id
    from care_package where person_id = $person_id
    union all
    select date, 'document', coalesce(title, 'Document'), '', coalesce(status, ''), author_organisation_code, source_id
    from document where person_id = $person_id
    union all
    select date, 'referral', coalesce(service, 'Referral'), '', coalesce(status, ''), to_organisation_code, source_id
    from referral where person_id = $person_id
)
select distinct date, said.kind, what, trim(detail) as detail, state, said.organisation_code, source_id, coalesce(s.title, s.name) as source
from said join source s using (source_id)
where date is null or date <= $as_of
order by date desc nulls last, said.kind, what, source
