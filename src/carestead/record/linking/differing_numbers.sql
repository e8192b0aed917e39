-- Records that look like one person but carry different valid NHS numbers: never joined, always shown.
select distinct l.rid as rid_l, r.rid as rid_r
from link_record l
join link_record r on l.names = r.names and l.dob = r.dob and l.rid < r.rid
where l.nhs <> r.nhs and (l.postcode = r.postcode or l.street = r.street)
order by rid_l, rid_r
