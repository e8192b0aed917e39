-- NHS numbers that were sent and not used, one example, and how many records carry a number of a crowd.
select
    count(*) filter (where nhs_given and nhs is null) as wrong,
    min(struct_pack(source_id := source_id, source_person_id := source_person_id))
        filter (where nhs_given and nhs is null) as example,
    (select coalesce(sum(n), 0) from (
        select count(*) as n from link_record where nhs is not null group by nhs having count(*) > 50
    ))::bigint as crowd
from link_record
