-- Practitioner: id, code, is_doctor, name, female, birth
select concat('{"resourceType":"Practitioner","id":"', id, '","identifier":[{"system":"',
  if(is_doctor, 'https://fhir.hl7.org.uk/Id/gmc-number', 'https://fhir.nhs.uk/Id/sds-user-id'), '","value":"', code,
  '"}],"name":[{"text":"', name, '"}],"gender":"', if(female, 'female', 'male'),
  '","birthDate":"', birth, '"}', chr(10)) as line
from rows
