-- reads: promise, departure, person
with open as (select * from promise where state in (select state from promise_open))
select person_id, 'promise' as subject_kind, id::varchar as subject_id, asked_at as since, null as until,
    'The promise has no ' || concat_ws(', no ',
        case when coalesce(owner_code, '') = '' then 'owner' end,
        case when coalesce(requester_code, '') = '' then 'requester' end,
        case when due_at is null then 'due time' end,
        case when coalesce(trim(done_means), '') = '' then 'words for when it is done' end) as words
from open
where coalesce(owner_code, '') = '' or coalesce(requester_code, '') = '' or due_at is null
    or coalesce(trim(done_means), '') = ''
union all
select o.person_id, 'promise', o.id::varchar, d.leaves_at, null, 'Its owner ' || o.owner_code || ' has left'
from open o
join departure d on o.owner_kind = 'practitioner' and d.practitioner_code = o.owner_code
where d.leaves_at <= $at
union all
select o.person_id, 'promise', o.id::varchar, p.death_date::timestamp, null, 'The person who was to do it has died'
from open o
join person p on o.owner_kind = 'person' and p.person_id = o.person_id
where p.death_date <= $today
