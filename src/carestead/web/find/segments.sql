-- reads: segment_count
select segment, cast(sum(people) as bigint) as people from segment_count group by segment
