-- Each record with its group so far. Done: the group has a record of every source, and there is more than one source.
create or replace temp table link_open as
with every as (select count(distinct source_id) as sources from link_record),
full_group as (
    select group_id from link_group_array join link_record using (rid)
    group by group_id
    having count(distinct source_id) = (select sources from every) and (select sources from every) > 1
)
select link_record.*, link_group_array.group_id, full_group.group_id is not null as done
from link_record
join link_group_array using (rid)
left join full_group on full_group.group_id = link_group_array.group_id
