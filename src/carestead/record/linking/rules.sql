-- Stage 2: keys that no two records of one source share, so that equal keys in two sources mean one person.
-- Each key's records are tied to the first of them. Keys whose records disagree on number or sex are left to the model.
create or replace temp table link_rule_pair as
with keyed as (
    select rid, source_id, nhs, sex, hash(1, names, dob) as key from link_record
    where names is not null and dob is not null
    union all
    select rid, source_id, nhs, sex, hash(2, given, dob, postcode) as key from link_record
    where given is not null and dob is not null and postcode is not null and length(given) > 1
    union all
    select rid, source_id, nhs, sex, hash(3, names, postcode, birth_year) as key from link_record
    where names is not null and postcode is not null and birth_year is not null
),
same as (
    select min(rid) as first_rid, list(rid) as rids
    from keyed
    group by key
    having count(*) >= 2 and count(*) = count(distinct source_id) and count(distinct nhs) <= 1
       and count(distinct sex) <= 1
),
pair as (select first_rid as rid_l, unnest(rids) as rid_r from same)
select distinct rid_l, rid_r from pair where rid_l < rid_r
