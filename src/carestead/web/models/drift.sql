-- reads: risk_drift
select * from risk_drift order by is_over desc, item not in ('outcome', 'score'), value desc nulls last, item
