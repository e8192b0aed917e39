-- People whose carer died lately: either of the two may have been sent with the other's id at the same source.
with died as (
    select source_id, source_person_id, link.person_id, death_date
    from person
    join link using (person_id)
    where death_date > cast($as_of as date) - $kept_days and death_date <= $as_of
),

cared_for as (
    select relationship.person_id, died.person_id as carer, death_date, start_date, end_date
    from relationship
    join died on relationship.source_id = died.source_id and relationship.related_person = died.source_person_id
    where kind = 'carer'
    union all
    select link.person_id, died.person_id, death_date, start_date, end_date
    from relationship
    join died using (person_id)
    join link on relationship.source_id = link.source_id and relationship.related_person = link.source_person_id
    where kind = 'cared-for'
)

select
    person_id,
    'carer-died' as entry,
    max(death_date) as since,
    max(death_date) > cast($as_of as date) - $carer_days as is_new,
    'Carer died on ' || strftime(max(death_date), '%-d %B %Y') as because
from cared_for
where
    person_id <> carer
    and coalesce(start_date <= death_date, true) and coalesce(end_date >= death_date, true)
group by person_id
