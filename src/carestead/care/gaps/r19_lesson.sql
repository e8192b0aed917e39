-- reads: lesson, promise
select l.person_id, 'lesson' as subject_kind, l.id::varchar as subject_id, coalesce(l.closed_at, l.found_at) as since,
    null as until,
    case when l.state = 'open' then 'Something was found that should not happen again, and nobody has promised to mend it'
        when p.id is null then 'It was closed without a promise that mended it'
        else 'It was closed, and it is not said what came of it and when that was measured' end as words
from lesson l
left join promise p on p.id = l.promise_id
where (l.state = 'open' and p.id is null and l.found_at + to_days($lesson_days) < $at)
    or (l.state = 'closed' and (p.id is null or coalesce(trim(l.effect), '') = '' or l.measured_on is null))
