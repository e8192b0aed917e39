-- record/registered.sql   one practice a day for each person
-- A practice's own word counts before other sources'. Where two registrations overlap, the later start is believed,
-- for a new registration ends the one before; of two that start the same day, the one that lasts longer.
with told as (
    select r.person_id, r.practice_code, coalesce(r.start_date, date '1890-01-01') as start_date,
        coalesce(r.end_date, date '9999-12-31') as end_date,
        coalesce(p.death_date + 1, date '9999-12-31') as day_after_death,
        coalesce(s.kind = 'gp', false) as by_practice
    from registration r
    join person p using (person_id)
    left join source s using (source_id)
),
believed as (
    select distinct person_id, practice_code, start_date, end_date, day_after_death
    from (select *, bool_or(by_practice) over (partition by person_id) as any_practice from told)
    where by_practice or not any_practice
),
ended as (
    select person_id, practice_code, start_date,
        least(
            end_date,
            day_after_death,
            coalesce(
                lead(start_date) over (partition by person_id order by start_date, end_date, practice_code),
                date '9999-12-31'
            )
        ) as end_date
    from believed
)
select person_id, practice_code, start_date, nullif(end_date, date '9999-12-31') as end_date
from ended
where end_date > start_date
