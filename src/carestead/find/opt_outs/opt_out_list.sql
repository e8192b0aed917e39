-- The newest answer of each kind of the National Data Opt-Out service, by the record types of its map.
select
    file_id,
    if(type = 'national-data-opt-out', 'opted-out', 'not-opted-out') as choice
from file
where type in ('national-data-opt-out', 'national-data-opt-out-cleaned')
qualify rank() over (partition by type order by delivered_on desc) = 1
