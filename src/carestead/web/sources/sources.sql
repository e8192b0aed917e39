-- reads: source, file
select source_id, name, coalesce(title, name) as title, kind, organisation_code, expected_every_days,
    coalesce(last_delivery, delivered) as last_delivery, files, "read", loaded, ignored, quarantined,
    case when expected_every_days is null or coalesce(last_delivery, delivered) is null then 0
        else greatest(0, datediff('day', coalesce(last_delivery, delivered), $as_of) - expected_every_days)
    end as silent_days
from source
left join (
    select source_id, max(delivered_on) as delivered, count(distinct file_id) as files, sum("read")::bigint as "read",
        sum(loaded)::bigint as loaded, sum(ignored)::bigint as ignored, sum(quarantined)::bigint as quarantined
    from file group by source_id
) using (source_id)
order by silent_days desc, title
