-- The latest frailty index worked out elsewhere, with its band.
select person_id, score, value, max_by(band, at_least) as band
from recorded_index
join recorded_band using (score)
where is_latest and value >= at_least
group by person_id, score, value
