-- PractitionerRole: id, practitioner (id), organisation (id), role, sessions, leave_start, leave_end (or null)
select concat('{"resourceType":"PractitionerRole","id":"r', id,
  '","extension":[{"url":"https://carestead.org/fhir/sessions-per-week","valueDecimal":', sessions,
  '}],"active":true,"practitioner":{"reference":"Practitioner/', practitioner,
  '"},"organization":{"reference":"Organization/', organisation,
  '"},"code":[{"coding":[{"system":"https://carestead.org/fhir/role","code":"', role, '"}]}]',
  ',"notAvailable":[{"description":"On leave","during":{"start":"' || leave_start || '","end":"' || leave_end || '"}}]',
  '}', chr(10)) as line
from rows
