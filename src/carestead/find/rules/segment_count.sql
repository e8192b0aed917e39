-- People by practice, segment and age band: planners see counts, never people.
select practice_code, segment, coalesce(band, 'unknown') as age_band, cast(count(*) as bigint) as people
from segment
join feature using (person_id)
left join age_band on age between from_age and to_age
group by all
