-- Condition (encounter diagnosis): id, patient, encounter, position, code, display, date
select concat('{"resourceType":"Condition","id":"d', id,
  '","extension":[{"url":"https://carestead.org/fhir/diagnosis-position","valueInteger":', position,
  '}],"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-category"',
  ',"code":"encounter-diagnosis"}]}],"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"', code,
  '","display":"', display, '"}]},"subject":{"reference":"Patient/', patient,
  '"},"encounter":{"reference":"Encounter/', encounter, '"},"recordedDate":"', date, '"}', chr(10)) as line
from rows
