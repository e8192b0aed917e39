-- Anticholinergic burden: the points of the ingredients that a person takes, added up, on each scale that is in use.
with summed as (
    select person_id, score, cast(sum(points) as integer) as points
    from anticholinergic
    group by person_id, score
)

select person_id, score, cast(points as double) as value, band
from summed
left join anticholinergic_band using (score)
where band is null or points between lowest and highest
