-- Bice and Boxerman's index: the sum of n(n-1) over a person's clinicians, divided by N(N-1), in millionths, half
-- rounded up. n is how often one of them was seen, N all of them.
with paired as (
    select
        person_id, cast(sum(cast(contacts as bigint) * (contacts - 1)) as bigint) as same,
        cast(sum(contacts) * (sum(contacts) - 1) as bigint) as every
    from contact_count
    group by person_id
    having sum(contacts) >= $least_contacts
)

select
    person_id, 'bice-boxerman' as score, (same * 2000000 + every) // (2 * every) / 1000000 as value,
    cast(null as varchar) as band
from paired
