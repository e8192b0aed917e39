-- The clinicians behind each share of continuity, in millionths, so that the points add up to the score exactly: of
-- Bice and Boxerman's index each has n(n-1) of N(N-1), rounded down, and the one seen most what the rounding leaves.
with seen as (
    select
        person_id, practitioner_code, contacts, last_date,
        cast(sum(contacts) over (partition by person_id) as bigint) as every,
        row_number() over (partition by person_id order by contacts desc, last_date desc, practitioner_code) as place
    from contact_count
),

paired as (
    select
        *, contacts * (contacts - 1) * 1000000 // (every * (every - 1)) as share,
        cast(sum(contacts * (contacts - 1)) over (partition by person_id) as bigint) as same
    from seen
    where every >= 2
),

shared as (
    select
        person_id, practitioner_code, contacts, last_date, 'bice-boxerman' as score,
        share + case
            when place > 1 then 0
            else (same * 2000000 + every * (every - 1)) // (2 * every * (every - 1))
                - cast(sum(share) over (partition by person_id) as bigint)
        end as millionths
    from paired
    where every >= $least_of_pairs
    union all
    select
        person_id, practitioner_code, contacts, last_date, 'usual-provider-continuity' as score,
        case when place > 1 then 0 else (contacts * 2000000 + every) // (2 * every) end as millionths
    from seen
    where every >= $least_of_usual
)

select
    person_id, score, practitioner_code as item, cast(null as integer) as code_id, cast(null as date) as date,
    last_date, contacts as times, contacts as value, millionths / 1000000 as points, 'contact_count' as origin,
    cast(null as smallint) as source_id, cast(null as integer) as file_id, cast(null as bigint) as source_row
from shared
