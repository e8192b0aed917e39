-- Condition (problem): id, patient, code, display, date, finish (or null)
select concat('{"resourceType":"Condition","id":"c', id,
  '","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"',
  if(finish is null, 'active', 'resolved'), '"}]},"code":{"coding":[{"system":"http://snomed.info/sct","code":"', code,
  '","display":"', display, '"}]},"subject":{"reference":"Patient/', patient, '"},"onsetDateTime":"', date, '"',
  ',"abatementDateTime":"' || finish || '"', ',"recordedDate":"', date, '"}', chr(10)) as line
from rows
