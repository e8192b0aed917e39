-- Stage 1: the same valid NHS number, confirmed by date of birth or by both names. What is not confirmed is doubtful.
-- A number that more than 50 records carry is nobody's (a clinic's placeholder) and is left out.
create or replace temp table link_number_pair as
with shared as (
    select nhs from link_record where nhs is not null group by nhs having count(*) between 2 and 50
),
carrier as (select link_record.* from link_record semi join shared using (nhs)),
agreement as (
    select
        l.rid as rid_l,
        r.rid as rid_r,
        coalesce(l.dob = r.dob or damerau_levenshtein(l.dob, r.dob) <= 1
            or (left(l.dob, 4) = left(r.dob, 4) and substr(l.dob, 5, 2) = substr(r.dob, 7, 2)
                and substr(l.dob, 7, 2) = substr(r.dob, 5, 2)), false) as dob_agrees,
        l.given is null or r.given is null as given_missing,
        coalesce(l.formal = r.formal or jaro_winkler_similarity(l.given, r.given) >= 0.85
            or contains(l.given_all, r.given) or contains(r.given_all, l.given)
            or starts_with(l.given, r.given) or starts_with(r.given, l.given), false) as given_agrees,
        coalesce(jaro_winkler_similarity(l.family, r.family) >= 0.85
            or list_has_any(l.family_parts, r.family_parts), false) as family_agrees,
        coalesce(l.names = r.names, false) as names_agree
    from carrier l
    join carrier r on l.nhs = r.nhs and l.rid < r.rid
)
select
    rid_l,
    rid_r,
    dob_agrees and (given_agrees or given_missing or names_agree)
        or given_agrees and family_agrees or names_agree as confirmed
from agreement
