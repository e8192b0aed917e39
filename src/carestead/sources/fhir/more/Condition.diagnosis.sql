-- ICD-10 codes of conditions that are diagnoses of an encounter. The position is the rank the encounter gives, else the
-- place in its list, else what the condition itself says; the date is the encounter's first day, where it came in the same delivery.
with ranks as (
    select source_row_key, start_date, unnest(diagnosis_ids) as condition_id, unnest(diagnosis_ranks) as rank,
        generate_subscripts(diagnosis_ids, 1) as place
    from good_Encounter
)
select c.source_person_id, coalesce(e.start_date, r.start_date, c.date) as date, 'icd10' as code_system,
    icd10_code(c.diagnosis.code) as code, coalesce(c.diagnosis.display, c.code_display) as code_display,
    coalesce(r.rank, r.place, c.position) as position, coalesce(c.source_encounter_key, r.source_row_key) as source_encounter_key,
    c.source_row_key, c.source_row, c.source_file
from good_Condition c
left join good_Encounter e on e.source_row_key = c.source_encounter_key
left join (select condition_id, min(rank) as rank, min(place) as place, min(start_date) as start_date,
                  min(source_row_key) as source_row_key from ranks group by condition_id) r on r.condition_id = c.resource_id
where c.diagnosis.code is not null
