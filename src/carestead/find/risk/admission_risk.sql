-- Risk of emergency admission in the next year, in thousandths of a log-odds: the sum of its reasons.
select
    person_id, 'admission-risk-evaluation' as score, cast(sum(points) as double) as value,
    case when sum(points) >= $cut then 'above the cut' else 'below the cut' end as band
from risk_reason
group by person_id
