-- Scored pairs above the review threshold, with what a weight cannot say: the pattern of twins and of a household.
-- `kin`: one home, and a given name or a birthday that is plainly another one.
select
    scored.rid_l,
    scored.rid_r,
    scored.weight,
    $households
        and coalesce(l.postcode = r.postcode or l.street = r.street or l.phone = r.phone or l.email = r.email, false)
        and (given_differs(l.given, l.given_all, l.formal, l.family, r.given, r.given_all, r.formal, r.family)
            or dob_differs(l.dob, r.dob)) as kin
from link_scored scored
join link_record l on l.rid = scored.rid_l
join link_record r on r.rid = scored.rid_r
where scored.weight >= $least
order by scored.weight desc, scored.rid_l, scored.rid_r
