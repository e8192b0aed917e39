-- reads: workload, load_agreement
with held as (
    select h.holder_code, h.role, count(*) as people, max(h.start) as last_start
    from holding h
    semi join enrolled e on e.person_id = h.person_id and e.until > $at
    where h.until = timestamp 'infinity' and h.basis <> 'ended'
    group by h.holder_code, h.role
),
room as (
    select practitioner_code, case role when 'gp' then 'named-gp' else 'coordinator' end as role, sum(capacity) as people
    from workload
    group by all
),
agreed as (
    select practitioner_code, role, max(people) as people
    from load_agreement
    where start <= $today and "end" > $today
    group by all
)
select null as person_id, 'holder' as subject_kind, h.holder_code as subject_id, h.last_start as since, null as until,
    h.holder_code || ' is the ' || replace(h.role, '-', ' ') || ' of ' || h.people || ' people and has room for '
        || r.people || coalesce(', having agreed to ' || a.people, ', and has not agreed to more') as words
from held h
join room r on r.practitioner_code = h.holder_code and r.role = h.role
left join agreed a on a.practitioner_code = h.holder_code and a.role = h.role
where h.people > greatest(r.people, coalesce(a.people, 0))
