-- How often each person met each clinician of a practice in the two years up to $as_of.
select
    person_id,
    practitioner_code,
    cast(count(*) as integer) as contacts,
    max(start_date) as last_date
from encounter
where
    kind = 'gp-appointment'
    and attended is not false
    and practitioner_code is not null
    and start_date > cast($as_of as date) - to_years(2)
    and start_date <= $as_of
group by person_id, practitioner_code
