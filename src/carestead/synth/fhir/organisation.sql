-- Organization: id, code, name, kind, part_of (id or null)
select concat('{"resourceType":"Organization","id":"', id,
  '","identifier":[{"system":"https://fhir.nhs.uk/Id/ods-organization-code","value":"', code,
  '"}],"active":true,"type":[{"coding":[{"system":"https://carestead.org/fhir/organisation-kind","code":"', kind,
  '"}]}],"name":"', name, '"', ',"partOf":{"reference":"Organization/' || part_of || '"}', '}', chr(10)) as line
from rows
