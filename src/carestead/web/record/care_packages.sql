-- reads: care_package, source
select k.kind, k.start_date, k.end_date, k.hours_per_week, k.weekly_cost_pence, k.provider_code, k.funder_code,
    coalesce(s.title, s.name) as source
from care_package k join source s using (source_id)
where k.person_id = $person_id and (k.end_date is null or k.end_date >= $as_of)
order by k.start_date desc
