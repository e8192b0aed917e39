-- reads: promise, alarm, person
with late as (
    select p.id, p.person_id, p.owner_kind, p.owner_code, p.asked_at, p.due_at,
        greatest(p.due_at, m.begins) as due
    from promise p
    -- a hold ends in the morning of its day; a day beyond the calendar is not here yet
    left join morning m on p.state = 'on-hold' and m.day = p.resume_on
    anti join person d on d.person_id = p.person_id and d.death_date <= $today
    where p.state in (select state from promise_open) and p.due_at < $looked_at
        and (p.state <> 'on-hold' or p.resume_on is null or m.begins < $looked_at)
),
-- opening hours that had passed when the clocks were surely looked at, by the hours its pace is climbed in
paced as (
    select l.*, c.pace, c.hours
    from late l
    asof join (select pace, hours, given_seconds from pace) c
        on epoch(l.due_at) - epoch(l.asked_at) <= c.given_seconds
),
reckoned as (
    select p.*, passed.seconds - coalesce(d.before + case when d.opens is null then 0
        else greatest(0, least(epoch(p.due), epoch(d.closes)) - epoch(d.opens)) end, 0) as late_seconds
    from paced p
    join passed on passed.hours = p.hours
    asof left join paced_day d on d.hours = p.hours and p.due >= d.starts
),
wanted as (
    select r.id, r.person_id, r.due, g.milestone,
        case g.party when 'owner' then r.owner_code when 'coordinator' then c.holder_code else n.holder_code end as party_code
    from reckoned r
    join rung g on g.pace = r.pace and g.late_seconds <= r.late_seconds
    left join holding c on c.person_id = r.person_id and c.role = 'coordinator' and c.until = timestamp 'infinity'
    left join holding n on n.person_id = r.person_id and n.role = 'named-gp' and n.until = timestamp 'infinity'
    where g.party <> 'owner' or r.owner_kind in ('practitioner', 'organisation', 'desk')
),
raised as (select * from alarm where subject_kind = 'promise')
select w.person_id, 'promise' as subject_kind, w.id::varchar as subject_id, min(w.due) as since, null as until,
    'It is late, and this was not said: ' || string_agg(distinct replace(w.milestone, '-', ' '), ', ') as words
from wanted w
anti join raised a on a.subject_id = w.id and a.milestone = w.milestone and a.raised_at >= w.due
anti join raised b on b.subject_id = w.id and b.to_code = w.party_code and b.raised_at >= w.due
-- who is away is not told; whoever answers for them is, and may have been told before
anti join away f on f.code = w.party_code and f.start <= $at and f.until > $at
where w.party_code <> ''
group by w.person_id, w.id
union all
select null, subject_kind, subject_id::varchar, min(raised_at), null, 'The same alarm was raised ' || count(*) || ' times'
from alarm
group by subject_kind, subject_id, key
having count(*) > 1
