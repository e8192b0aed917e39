-- Practices: organisations that say so, sources of general practices, and every practice somebody is registered with.
with named as (
    select organisation_code as practice_code, name, group_code, 0 as place, source_id, source_row
    from organisation where kind = 'practice'
    union all
    select organisation_code, title, null, 1, source_id, 0
    from source where kind = 'gp' and organisation_code is not null
    union all
    select organisation_code, name, group_code, 2, source_id, source_row
    from organisation where organisation_code in (select practice_code from person)
),
every as (
    select practice_code from named
    union
    select practice_code from person where practice_code is not null
),
best_name as (
    select practice_code, name from named where name is not null
    qualify row_number() over (partition by practice_code order by place, source_id desc, source_row desc, name) = 1
),
best_group as (
    select practice_code, group_code from named where group_code is not null
    qualify row_number() over (partition by practice_code order by place, source_id desc, source_row desc) = 1
),
list as (
    select practice_code, count(*) as list_size
    from person
    where practice_code is not null and (death_date is null or death_date > $as_of)
    group by practice_code
),
-- a GP told of by two sources is one GP: the largest number of sessions is taken
gp as (
    select organisation_code as practice_code, practitioner_code, max(sessions) as sessions
    from practitioner
    where role = 'gp'
      and not coalesce(leave_start <= $as_of and (leave_end is null or leave_end > $as_of), false)
    group by organisation_code, practitioner_code
),
staff as (
    select practice_code, count(*) as gps, sum(sessions) as gp_sessions from gp group by practice_code
)
select
    every.practice_code,
    coalesce(best_name.name, every.practice_code) as name,
    best_group.group_code,
    coalesce(list.list_size, 0)::integer as list_size,
    coalesce(staff.gps, 0)::integer as gps,
    staff.gp_sessions
from every
left join best_name using (practice_code)
left join best_group using (practice_code)
left join list using (practice_code)
left join staff using (practice_code)
order by every.practice_code
