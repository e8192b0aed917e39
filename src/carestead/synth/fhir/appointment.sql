-- Appointment: id, patient, practitioner, date, status
select concat('{"resourceType":"Appointment","id":"t', id, '","status":"', status, '","start":"', date,
  'T', lpad((8 + id % 10)::varchar, 2, '0'), ':', lpad((id % 6 * 10)::varchar, 2, '0'), ':00Z',
  '","participant":[{"actor":{"reference":"Patient/', patient,
  '"},"status":"accepted"},{"actor":{"reference":"Practitioner/', practitioner, '"},"status":"accepted"}]}',
  chr(10)) as line
from rows
