-- The reasons behind each risk of emergency admission: counts and states, which have no single record.
select
    person_id, 'admission-risk-evaluation' as score, feature as item, cast(null as integer) as code_id, cast(null as date) as date,
    cast(null as date) as last_date, cast(null as integer) as times, cast(value as double) as value,
    cast(points as double) as points, 'risk_feature' as origin, cast(null as smallint) as source_id,
    cast(null as integer) as file_id, cast(null as bigint) as source_row
from risk_reason
