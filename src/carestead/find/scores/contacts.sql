-- Meetings with any service in the last year, a kind and day one.
select person_id, 'contacts' as score, cast(sum(attended) as double) as value, cast(null as varchar) as band
from meeting_count
group by person_id
having sum(attended) > 0
