-- Stays in hospital that began as an emergency in the year up to $as_of.
select person_id, 'emergency-admissions' as score, cast(count(*) as double) as value, cast(null as varchar) as band
from hospital_visit
where kind = 'admission' and method = 'emergency' and start_date > cast($as_of as date) - to_years(1)
group by person_id
