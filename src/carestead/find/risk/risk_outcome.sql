-- What became, in the 365 days up to $as_of, of everybody registered and alive on the day before them.
with began as (
    select cast($as_of as date) - cast($days as integer) as day
),

at_risk as (
    select registered.person_id, bool_or(coalesce(registered.end_date > $as_of, true)) as stayed
    from registered, began
    where registered.start_date <= day and coalesce(registered.end_date > day, true)
    group by registered.person_id
),

admitted as (
    select person_id, min(start_date) as date
    from hospital_visit, began
    where kind = 'admission' and method = 'emergency' and start_date > day
    group by person_id
)

select
    person_id,
    admitted.date is not null as admitted,
    cast(admitted.date - day as integer) as days,
    coalesce(person.death_date > day and person.death_date <= $as_of, false) as died,
    not stayed and person.death_date is null as left_area
from at_risk
join person using (person_id)
left join admitted using (person_id), began
where person.death_date is null or person.death_date > day
