-- reads: absence, departure
-- When holders are not there, and who has said yes to answer for them from when; whoever has left is away for good.
select practitioner_code as code, start, coalesce("end", timestamp 'infinity') as until,
    case when cover_state = 'accepted' then cover_code end as cover_code,
    coalesce(cover_answered_at, start) as cover_from
from absence
where cancelled_at is null
union all
select practitioner_code, leaves_at, timestamp 'infinity', null, null from departure
