-- reads: file, source
select source_id, type, sum("read")::bigint as "read", sum(loaded)::bigint as loaded, sum(ignored)::bigint as ignored,
    sum(quarantined)::bigint as quarantined
from file join source using (source_id)
group by all order by source_id, type
