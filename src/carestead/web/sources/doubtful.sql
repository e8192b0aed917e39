-- reads: link_review, link, patient, person, source
-- Pairs of records that may be one person, where one of the two is registered with one of these practices.
with known as (
    select l.source_id, l.source_person_id, l.person_id, p.practice_code, coalesce(s.title, s.name) as source,
        d.family_name, d.given_name, d.birth_date, d.nhs_number, d.postcode
    from link l
    semi join (
        select source_id_a as source_id, source_person_id_a as source_person_id from link_review
        union select source_id_b, source_person_id_b from link_review
    ) using (source_id, source_person_id)
    join person p using (person_id)
    join source s using (source_id)
    left join (select distinct on (person_id, source_id) * from patient order by person_id, source_id, file_id desc) d using (person_id, source_id)
)
select r.reason, r.match_probability, a.person_id as person_a, b.person_id as person_b, a.source as source_a, b.source as source_b,
    a.family_name as family_a, a.given_name as given_a, a.birth_date as born_a, a.nhs_number as number_a, a.postcode as postcode_a,
    b.family_name as family_b, b.given_name as given_b, b.birth_date as born_b, b.nhs_number as number_b, b.postcode as postcode_b
from link_review r
join known a on a.source_id = r.source_id_a and a.source_person_id = r.source_person_id_a
join known b on b.source_id = r.source_id_b and b.source_person_id = r.source_person_id_b
where list_contains($practices::varchar[], a.practice_code) or list_contains($practices::varchar[], b.practice_code)
order by r.match_probability desc nulls last, person_a, person_b
limit 100
