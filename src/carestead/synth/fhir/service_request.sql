-- ServiceRequest: id, patient, service, date, priority, status, performer (organisation id), finish (or null)
select concat('{"resourceType":"ServiceRequest","id":"s', id, '","status":"', status,
  '","intent":"order","priority":"', priority, '","code":{"text":"', service,
  '"},"subject":{"reference":"Patient/', patient, '"}',
  ',"occurrencePeriod":{"start":"' || date || '","end":"' || finish || '"}', ',"authoredOn":"', date,
  '","requester":{"reference":"Organization/org-1"},"performer":[{"reference":"Organization/', performer, '"}]}',
  chr(10)) as line
from rows
