-- DocumentReference: id, patient, code, display, title, date, author (organisation id), encounter (id or null)
select concat('{"resourceType":"DocumentReference","id":"l', id,
  '","status":"current","type":{"coding":[{"system":"http://snomed.info/sct","code":"', code, '","display":"', display,
  '"}]},"subject":{"reference":"Patient/', patient, '"},"date":"', date, 'T12:00:00Z"',
  ',"author":[{"reference":"Organization/', author, '"}],"content":[{"attachment":{"contentType":"application/pdf","title":"', title,
  '","url":"letters/l', id, '.pdf"}}]',
  ',"context":{"encounter":[{"reference":"Encounter/' || encounter || '"}]}', '}', chr(10)) as line
from rows
