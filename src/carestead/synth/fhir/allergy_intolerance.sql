-- AllergyIntolerance: id, patient, code, display, date
select concat('{"resourceType":"AllergyIntolerance","id":"a', id,
  '","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"',
  ',"code":"active"}]},"code":{"coding":[{"system":"http://snomed.info/sct","code":"', code,
  '","display":"', display, '"}]},"patient":{"reference":"Patient/', patient, '"},"onsetDateTime":"', date,
  '","recordedDate":"', date, '"}', chr(10)) as line
from rows
