-- Appointments missed or cancelled in the last year, a kind and day one.
select person_id, 'missed-appointments' as score, cast(sum(missed) as double) as value, cast(null as varchar) as band
from meeting_count
group by person_id
having sum(missed) > 0
