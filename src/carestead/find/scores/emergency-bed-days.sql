-- Nights, up to $as_of, of the stays in hospital that began as an emergency in the year up to $as_of.
select person_id, 'emergency-bed-days' as score, cast(sum(nights) as double) as value, cast(null as varchar) as band
from hospital_visit
where kind = 'admission' and method = 'emergency' and start_date > cast($as_of as date) - to_years(1)
group by person_id
having sum(nights) > 0
