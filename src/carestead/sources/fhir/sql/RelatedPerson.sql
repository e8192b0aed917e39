-- RelatedPerson: carers and kin. Kinds by our own words, else by HL7 v3 RoleCode and v2 table 0131.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'RelatedPerson', id, false, false, person_ref(patient),
            bad_day(period."start") or bad_day(period."end"), '-') as problem,
    person_ref(patient) as ref_person,
    case
        when code in ('carer', 'cared-for', 'household', 'next-of-kin', 'partner', 'parent', 'child') then code
        when code in ('CAREGIVER', 'ECON') or contains(lower(words), 'carer') then 'carer'
        when code in ('N', 'NOK') then 'next-of-kin'
        when code in ('SPS', 'WIFE', 'HUSB', 'DOMPART', 'S', 'D') then 'partner'
        when code in ('PRN', 'MTH', 'FTH', 'NPRN', 'NMTH', 'NFTH') then 'parent'
        when code in ('CHILD', 'SON', 'DAU', 'NCHILD', 'SONC', 'DAUC') then 'child'
        when code in ('ROOM', 'HOUSEHOLD') then 'household'
        else 'other'
    end as kind,
    coalesce(list_filter(identifier, lambda i: i.system is distinct from 'https://fhir.nhs.uk/Id/nhs-number')[1].value,
             identifier[1].value) as related_person,
    coalesce(n.text, nullif(trim(concat_ws(' ', array_to_string(n.given, ' '), n.family)), '')) as related_name,
    list_filter(telecom, lambda t: t.system = 'phone')[1].value as related_phone,
    on_day(period."start") as start_date,
    on_day(period."end") as end_date
from (select *, official("name") as n, relationship[1].coding[1].code as code, words_of(relationship[1]) as words from resource)
