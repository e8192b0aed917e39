-- Encounter: id, patient, class (IMP, EMER, AMB), status, start, finish (or null), hrg, priority, specialty,
-- practitioner, admitted (where from), destination; the last five may be null
select concat('{"resourceType":"Encounter","id":"', id, '","status":"', status,
  '","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"', class,
  '"},"type":[{"coding":[{"system":"https://fhir.hl7.org.uk/Id/hrg","code":"', hrg, '"}]}]',
  ',"serviceType":{"coding":[{"system":"https://fhir.hl7.org.uk/Id/treatment-function","code":"' || specialty || '"}]}',
  ',"priority":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActPriority","code":"'
    || priority || '"}]}',
  ',"subject":{"reference":"Patient/', patient, '"}',
  ',"participant":[{"individual":{"reference":"Practitioner/' || practitioner || '"}}]',
  ',"period":{"start":"', start, '"', ',"end":"' || finish || '"', '}',
  if(admitted is null and destination is null, '', ',"hospitalization":{'),
  '"admitSource":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/admit-source","code":"'
    || admitted || '"}]}',
  if(admitted is null or destination is null, '', ','),
  '"dischargeDisposition":{"coding":[{"system":"https://carestead.org/fhir/discharge-destination","code":"'
    || destination || '"}]}',
  if(admitted is null and destination is null, '', '}'),
  ',"serviceProvider":{"reference":"Organization/org-1"}}', chr(10)) as line
from rows
