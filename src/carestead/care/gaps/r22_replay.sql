-- reads: replay
select person_id, kind as subject_kind, subject_id::varchar as subject_id, since, null as until,
    'It is not what its log tells: ' || coalesce(differs, version || ' versions and ' || events || ' events') as words
from replay
where differs is not null or version <> events
