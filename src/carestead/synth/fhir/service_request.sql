-- ServiceRequest: id, patient, service, date, priority, status, performer (organisation id)
select concat('{"resourceType":"ServiceRequest","id":"s', id, '","status":"', status,
  '","intent":"order","priority":"', priority, '","code":{"text":"', service,
  '"},"subject":{"reference":"Patient/', patient, '"},"authoredOn":"', date,
  '","requester":{"reference":"Organization/org-1"},"performer":[{"reference":"Organization/', performer, '"}]}',
  chr(10)) as line
from rows
