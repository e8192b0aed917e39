-- Usual provider continuity: the largest share of a person's appointments that was with one clinician, in millionths,
-- half rounded up.
select
    person_id, 'usual-provider-continuity' as score,
    (max(cast(contacts as bigint)) * 2000000 + sum(contacts)) // (2 * sum(contacts)) / 1000000 as value,
    cast(null as varchar) as band
from contact_count
group by person_id
having sum(contacts) >= $least_contacts
