-- Patient: id, number, family, given, birth, sex, death, address, postcode, phone, gp, organisation, lsoa, decile,
-- ethnicity, ethnicity_display; number, death, phone, gp, lsoa, decile, ethnicity may be null
select concat('{"resourceType":"Patient","id":"', id, '"',
  ',"extension":[{"url":"https://carestead.org/fhir/lsoa","valueString":"' || lsoa
    || '"},{"url":"https://carestead.org/fhir/imd-decile","valueInteger":' || decile
    || '},{"url":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory","valueCodeableConcept":'
    || '{"coding":[{"system":"https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategory","code":"' || ethnicity
    || '","display":"' || ethnicity_display || '"}]}}]',
  ',"identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"' || number || '"}]',
  ',"active":true,"name":[{"use":"official","family":"', family, '","given":["', replace(given, ' ', '","'), '"]}]',
  ',"telecom":[{"system":"phone","value":"' || phone || '"}]',
  ',"gender":"', case sex when 'F' then 'female' when 'M' then 'male' else 'unknown' end,
  '","birthDate":"', birth, '"', ',"deceasedDateTime":"' || death || '"',
  ',"address":[{"use":"home","line":["', replace(address, ', ', '","'), '"],"postalCode":"', postcode, '"}]',
  ',"generalPractitioner":[{"reference":"Practitioner/' || gp || '"}]',
  ',"managingOrganization":{"reference":"Organization/', organisation, '"}}', chr(10)) as line
from rows
