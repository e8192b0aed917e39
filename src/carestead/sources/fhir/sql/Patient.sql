-- Patient: demographics as sent. A birth date without a day is kept as the first day of its month or year.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'Patient', id, false, false, '-', bad_day(birthDate) or bad_day(deceasedDateTime), '-') as problem,
    id as ref_person,
    replace(replace(identified(identifier, 'https://fhir.nhs.uk/Id/nhs-number'), ' ', ''), '-', '') as nhs_number,
    coalesce(n.family, n.text) as family_name,
    array_to_string(n.given, ' ') as given_name,
    on_day(birthDate) as birth_date,
    sex_word(gender) as sex,
    on_day(deceasedDateTime) as death_date,
    nullif(concat_ws(', ', nullif(array_to_string(a.line, ', '), ''), a.district, a.city), '') as address,
    a.postalCode as postcode,
    list_filter(telecom, lambda t: t.system = 'phone')[1].value as phone,
    list_filter(extension, lambda e: ends_with(e.url, 'Extension-UKCore-EthnicCategory'))[1]
        .valueCodeableConcept.coding[1].code as ethnicity,
    coalesce(list_filter(extension, lambda e: e.url = 'https://carestead.org/fhir/lsoa')[1].valueString,
             list_filter(a.extension, lambda e: e.url = 'https://carestead.org/fhir/lsoa')[1].valueString) as lsoa,
    try_cast(list_filter(extension, lambda e: e.url = 'https://carestead.org/fhir/imd-decile')[1].valueInteger as tinyint)
        as imd_decile,
    organisation_ref(managingOrganization) as ref_managing,
    list_filter(list_transform(generalPractitioner, lambda g: organisation_ref(g)), lambda g: g is not null)[1] as ref_practice,
    list_filter(list_transform(generalPractitioner, lambda g: practitioner_ref(g)), lambda g: g is not null)[1]
        as ref_practitioner,
    birthDate is not null and length(birthDate) < 10 as partial_birth_date,
    identifier as identifiers
from (select *, official("name") as n, coalesce(list_filter(address, lambda x: x.use = 'home')[1], address[1]) as a from resource)
