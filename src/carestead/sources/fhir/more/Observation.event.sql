-- Components of an observation, such as systolic and diastolic pressure, each a row keyed by its place.
select source_person_id, date, code_system_of(k, x.code.text) as code_system, code_of(k, x.code.text) as code,
    coalesce(k.display, x.code.text) as code_display, 'observation' as kind,
    coalesce(x.valueQuantity.value, x.valueInteger) as value,
    coalesce(x.valueQuantity.code, x.valueQuantity.unit) as unit,
    value_words(x.valueCodeableConcept, x.valueString, x.valueBoolean, x.valueDateTime) as value_text,
    status, recorded_date, practitioner_code, organisation_code, source_encounter_key,
    source_row_key || '#' || place as source_row_key, source_row, source_file
from (
    select *, preferred(x.code.coding) as k
    from (select *, unnest(component) as x, generate_subscripts(component, 1) as place
          from good_Observation where len(component) > 0))
where code_of(k, x.code.text) is not null
