-- Scored pairs above the review threshold, with what a weight cannot say: the pattern of twins and of a household.
-- `kin`: a home or a birthday in common and a given name that is plainly another one.
select
    scored.rid_l,
    scored.rid_r,
    scored.weight,
    coalesce(
        not (l.formal = r.formal or jaro_winkler_similarity(l.given, r.given) >= 0.8
            or contains(l.given_all, r.given) or contains(r.given_all, l.given)
            or jaro_winkler_similarity(l.given, r.family) >= 0.9 or jaro_winkler_similarity(l.family, r.given) >= 0.9
            or list_sort(string_split(l.given, '')) = list_sort(string_split(r.given, ''))
            or starts_with(l.given_all, r.given) or starts_with(r.given_all, l.given)
            or (length(l.given) = 1 or length(r.given) = 1) and left(l.given, 1) = left(r.given, 1))
        and l.family = r.family,
        false) as kin,
    l.source_id = r.source_id as within
from link_scored scored
join link_record l on l.rid = scored.rid_l
join link_record r on r.rid = scored.rid_r
where scored.weight >= $least
order by scored.weight desc, rid_l, rid_r
