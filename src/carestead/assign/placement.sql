-- Each person of the register as one to be placed with a GP and a coordinator.
with living_together as (
    -- a household's id is its source's own; a person in several is put in the first by source
    select person_id, min(source_id || ':' || related_person) as household
    from relationship
    where
        kind = 'household'
        and related_person is not null
        and coalesce(start_date <= $as_of, true)
        and coalesce(end_date > $as_of, true)
    group by person_id
)

select
    person_id,
    rank,
    cast(priority as integer) as weight,
    register_entry.practice_code,
    group_code,
    usual_gp_code,
    household
from register_entry
left join person using (person_id)
left join practice on register_entry.practice_code = practice.practice_code
left join living_together using (person_id)
where register_entry.practice_code is not null
