-- reads: feature, score
-- People alive and registered from an age by the band of a score; without a row the score is nought, in the first band.
select coalesce(band, $first) as band, count(*) as people
from feature
left join (select person_id, band from score where score = $score) using (person_id)
where age >= $from_age
group by all
