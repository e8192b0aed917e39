-- The points of the parts of this score at a person's last discharge.
select person_id, score, cast(total as double) as value, band
from (select person_id, score, cast(sum(points) as integer) as total from score_part group by person_id, score)
join lace_band on score = 'lace' and total between lowest and highest
