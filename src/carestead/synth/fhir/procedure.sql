-- Procedure: id, patient, encounter, code, display, date
select concat('{"resourceType":"Procedure","id":"x', id,
  '","status":"completed","code":{"coding":[{"system":"https://fhir.hl7.org.uk/Id/opcs-4","code":"', code,
  '"}]},"subject":{"reference":"Patient/', patient, '"},"encounter":{"reference":"Encounter/', encounter,
  '"},"performedDateTime":"', date, '"}', chr(10)) as line
from rows
