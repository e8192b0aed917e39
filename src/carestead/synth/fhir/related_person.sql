-- RelatedPerson: id, patient, kind (carer, household), related (id at this source), name, phone, start; the last four
-- may be null
select concat('{"resourceType":"RelatedPerson","id":"k', id, '"',
  ',"identifier":[{"system":"https://carestead.org/fhir/related-person","value":"' || related || '"}]',
  ',"active":true,"patient":{"reference":"Patient/', patient,
  '"},"relationship":[{"coding":[{"system":"https://carestead.org/fhir/relationship","code":"', kind, '"}]}]',
  ',"name":[{"text":"' || name || '"}]', ',"telecom":[{"system":"phone","value":"' || phone || '"}]',
  ',"period":{"start":"' || start || '"}', '}', chr(10)) as line
from rows
