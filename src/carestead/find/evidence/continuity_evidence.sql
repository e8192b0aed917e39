-- The clinicians behind each share of continuity, in millionths, so that the points add up to the score exactly: of
-- Bice and Boxerman's index each has n(n-1) of N(N-1), rounded down, and the one seen most what the rounding leaves. Who
-- adds nothing is told in one row: the others than the usual clinician, and those seen once.
with seen as (
    select
        person_id, practitioner_code, contacts, last_date,
        cast(sum(contacts) over (partition by person_id) as bigint) as every,
        cast(sum(cast(contacts as bigint) * (contacts - 1)) over (partition by person_id) as bigint) as same,
        row_number() over (partition by person_id order by contacts desc, last_date desc, practitioner_code) as place
    from contact_count
),

shared as (
    select
        *, cast(contacts as bigint) * (contacts - 1) * 1000000 // (every * (every - 1)) as share,
        (same * 2000000 + every * (every - 1)) // (2 * every * (every - 1)) as whole
    from seen
    where every >= $least_of_pairs
),

told as (
    select
        person_id, 'bice-boxerman' as score, if(contacts = 1, 'seen-once', practitioner_code) as item,
        max(last_date) as last_date, sum(contacts) as contacts,
        sum(share) + if(bool_or(place = 1), any_value(whole) - any_value(every_share), 0) as millionths
    from (select *, sum(share) over (partition by person_id) as every_share from shared)
    group by person_id, item
    union all
    select
        person_id, 'usual-provider-continuity' as score, if(place = 1, practitioner_code, 'other-clinicians') as item,
        max(last_date) as last_date, sum(contacts) as contacts,
        if(bool_or(place = 1), (sum(contacts) * 2000000 + any_value(every)) // (2 * any_value(every)), 0) as millionths
    from seen
    where every >= $least_of_usual
    group by person_id, item
)

select
    person_id, score, item, cast(null as integer) as code_id, cast(null as date) as date, last_date,
    contacts as times, contacts as value, millionths / 1000000 as points, 'contact_count' as origin,
    cast(null as smallint) as source_id, cast(null as integer) as file_id, cast(null as bigint) as source_row
from told
