-- A made-up hospital's diagnoses of the people of bucket $bucket: one to four stays each in the two years up to $as_of,
-- of one to seven diagnoses. Every other diagnosis of a stay comes back in the person's other stays, as long-term
-- conditions do, and some codes are far commoner than others.
with person as (
    select person_id from range($bucket, $people, $buckets) t(person_id)
),

stay as (
    select
        person_id, stay, cast($as_of as date) - cast(hash(person_id, stay, 'day') % 730 as integer) as date,
        hash(person_id, stay, 'encounter') as encounter_key, 1 + hash(person_id, stay, 'size') % 7 as size
    from person, range(4) t(stay)
    where stay <= hash(person_id, 'stays') % 4
),

coded as (
    select
        *, (hash(person_id, case when position % 2 = 0 then -1 else stay end, position) % 1000000) / 1e6 as drawn
    from stay, range(1, 8) t(position)
    where position <= size
)

select
    person_id, date, cast(floor(drawn * drawn * $codes) as integer) as code_id, position, encounter_key,
    hash(person_id, stay, position) as row_key, 1 as source_id, 0 as file_id,
    row_number() over (order by person_id, stay, position) as source_row
from coded
