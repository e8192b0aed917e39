-- reads: rate
select * from rate order by measure, period_end desc, organisation_code
