-- Observation: id, patient, code, display, date, value (or null), unit
select concat('{"resourceType":"Observation","id":"o', id,
  '","status":"final","code":{"coding":[{"system":"http://snomed.info/sct","code":"', code, '","display":"', display,
  '"}]},"subject":{"reference":"Patient/', patient, '"},"effectiveDateTime":"', date, '"',
  ',"valueQuantity":{"value":' || value || ',"unit":"' || unit || '"}', '}', chr(10)) as line
from rows
