-- Procedure (a review or another thing done, SNOMED CT): id, patient, code, display, date
select concat('{"resourceType":"Procedure","id":"x', id,
  '","status":"completed","code":{"coding":[{"system":"http://snomed.info/sct","code":"', code,
  '","display":"', display, '"}]},"subject":{"reference":"Patient/', patient, '"},"performedDateTime":"', date, '"}',
  chr(10)) as line
from rows
