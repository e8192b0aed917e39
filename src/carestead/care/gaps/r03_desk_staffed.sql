-- reads: desk_shift
with team as (select group_code, min(start) as since from enrolled where until > $at group by group_code),
span as (
    select group_code, opens as start, closes as until
    from team
    cross join opening
    where closes > greatest($from, since) and opens < $ahead
),
staffed as (select group_code, start, "end" as until from desk_shift where cancelled_at is null),
change as (
    select group_code, start, until, start as moment from span
    union select group_code, start, until, until from span
    union select s.*, unnest([d.start, d.until]) from span s
        join staffed d on d.group_code = s.group_code and d.start < s.until and d.until > s.start
),
piece as (
    select group_code, start as opens, moment as start, lead(moment) over (partition by group_code, start order by moment) as until
    from change
    where moment between start and until
)
select null as person_id, 'desk' as subject_kind, group_code as subject_id, min(p.start) as since, max(p.until) as until,
    'The duty desk of ' || group_code || ' is not staffed for '
        || round(sum(epoch(p.until) - epoch(p.start)) / 3600, 1)::decimal(8, 1) || ' hours of its opening time' as words
from piece p
where p.until is not null
    and not exists (from staffed d where d.group_code = p.group_code and d.start <= p.start and d.until > p.start)
group by group_code, opens
union all
select null, 'desk', 'out-of-hours', $at, null, 'No out-of-hours service is named'
where $out_of_hours = ''
