-- commission/activity.sql   the counts of the buckets added up, for the area
select month, provider_code, practice_code, kind, method, currency, age_band,
    cast(sum(quantity) as bigint) as quantity,
    cast(sum(bed_days) as bigint) as bed_days
from activity_count
group by all
