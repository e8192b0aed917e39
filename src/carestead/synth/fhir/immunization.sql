-- Immunization: id, patient, code, display, date
select concat('{"resourceType":"Immunization","id":"i', id,
  '","status":"completed","vaccineCode":{"coding":[{"system":"http://snomed.info/sct","code":"', code,
  '","display":"', display, '"}]},"patient":{"reference":"Patient/', patient, '"},"occurrenceDateTime":"', date, '"}',
  chr(10)) as line
from rows
