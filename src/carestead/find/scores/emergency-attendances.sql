-- Days at an emergency department in the last year.
select person_id, 'emergency-attendances' as score, cast(attended as double) as value, cast(null as varchar) as band
from meeting_count
where kind = 'emergency-attendance' and attended > 0
