-- MedicationRequest: id, patient, code, display, bnf, date, finish (or null), is_repeat, dose, quantity, unit,
-- encounter (id when sent home by a hospital, else null)
select concat('{"resourceType":"MedicationRequest","id":"m', id, '","status":"',
  if(finish is null, 'active', 'completed'), '","intent":"order"',
  if(encounter is null, '', ',"category":[{"coding":[{"system":'
    || '"http://terminology.hl7.org/CodeSystem/medicationrequest-category","code":"discharge"}]}]'),
  ',"medicationCodeableConcept":{"coding":[{"system":"https://dmd.nhs.uk","code":"', code, '","display":"', display,
  '"},{"system":"https://fhir.hl7.org.uk/Id/bnf","code":"', bnf, '"}]},"subject":{"reference":"Patient/', patient, '"}',
  ',"encounter":{"reference":"Encounter/' || encounter || '"}', ',"authoredOn":"', date, '"',
  ',"courseOfTherapyType":{"coding":[{"system":',
  '"http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy","code":"',
  if(is_repeat, 'continuous', 'acute'), '"}]}',
  ',"dosageInstruction":[{"text":"', dose, '"}],"dispenseRequest":{',
  '"validityPeriod":{"start":"' || date || '","end":"' || finish || '"},',
  '"quantity":{"value":', cast(quantity as integer), ',"unit":"', unit, '"}}}', chr(10)) as line
from rows
