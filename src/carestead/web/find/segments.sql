-- reads: segment
select segment, count(*) as people from segment group by segment
