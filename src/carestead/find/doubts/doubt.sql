-- What is doubtful in the records that scores read, counted by kind, table, source and code, each with one example.
with dated as (
    select person_id, date, 'event' as origin, code_id, source_id, file_id, source_row from event
    union all
    select person_id, date, 'diagnosis' as origin, code_id, source_id, file_id, source_row from diagnosis
    union all
    select person_id, date, 'medication' as origin, code_id, source_id, file_id, source_row from medication
    union all
    select person_id, start_date as date, 'encounter' as origin, null as code_id, source_id, file_id, source_row
    from encounter
),

days as (
    select
        case
            when date > $as_of then 'future-date'
            when date < birth_date then 'before-birth'
            when date > death_date then 'after-death'
        end as kind,
        origin, cast(null as integer) as code_id, source_id, cast(date as varchar) as example, file_id, source_row
    from dated
    join person using (person_id)
    where date > least($as_of, coalesce(death_date, $as_of)) or date < birth_date
),

-- of each code: how a score reads it, if it can
read as (
    select
        code_id, system, code,
        case
            when system = 'icd10' and not regexp_full_match(
                regexp_replace(upper(code), '[^A-Z0-9]', '', 'g'), '[A-Z][0-9][0-9A-Z][0-9X]{0,3}[AD]?'
            ) then 'unknown-code'
            when system = 'snomed' and not regexp_full_match(code, '[1-9][0-9]{5,17}') then 'unknown-code'
            when system in ('ctv3', 'readv2') and not regexp_full_match(code, '[0-9A-Za-z.]{5}') then 'unknown-code'
            when system = 'icd10' and code <> regexp_replace(upper(code), '[^A-Z0-9]', '', 'g') then 'cleaned-code'
        end as kind
    from code
),

codes as (
    select kind, origin, code_id, source_id, code as example, file_id, source_row
    from dated
    join (from read where kind is not null) using (code_id)
),

-- measured values: in a unit that the measurement is not known in, or beyond what is humanly possible in its unit
measured as (
    select code_id, measurement_unit.*
    from code
    join measurement_unit using (system, code)
),

unusable as (
    select
        event.code_id, value, event.unit, known.unit is null as is_unknown, source_id, file_id, source_row
    from event
    semi join measured on event.code_id = measured.code_id
    left join measured known on known.code_id = event.code_id and known.unit = lower(coalesce(event.unit, ''))
    where value is not null and (known.unit is null or value < known.lowest or value > known.highest)
),

valued as (
    -- a value that is impossible in the unit sent and possible in another was most likely sent with the wrong one
    select
        case
            when is_unknown then 'unknown-unit'
            when exists (
                select 1 from measured other
                where other.code_id = unusable.code_id and unusable.value between other.lowest and other.highest
            ) then 'wrong-unit'
            else 'absurd-value'
        end as kind,
        'event' as origin, code_id, source_id, trim(value || ' ' || coalesce(unit, '')) as example, file_id, source_row
    from unusable
),

every as (
    from days
    union all
    from codes
    union all
    from valued
)

select
    kind, origin, code_id, count(*) as records, first.example as example, source_id, first.file_id as file_id,
    first.source_row as source_row
from (
    select
        kind, origin, code_id, source_id,
        min({'file_id': file_id, 'source_row': coalesce(source_row, 0), 'example': example}) over (
            partition by kind, origin, code_id, source_id
        ) as first
    from every
)
group by all
