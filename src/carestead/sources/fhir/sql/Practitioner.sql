-- Practitioner: the code is the GMC number, else the SDS user id, else its own id.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'Practitioner', id, false, false, '-', false, '-') as problem,
    coalesce(identified(identifier, 'https://fhir.hl7.org.uk/Id/gmc-number'),
             identified(identifier, 'https://fhir.nhs.uk/Id/sds-user-id'), id) as practitioner_code,
    coalesce(n.text, nullif(trim(concat_ws(' ', n.prefix[1], n.given[1], n.family)), '')) as name,
    sex_word(gender) as sex,
    year(on_day(birthDate)) as birth_year,
    identifier as identifiers
from (select *, official("name") as n from resource)
