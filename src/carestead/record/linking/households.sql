-- Does the data hold households? Of pairs with one home, those that differ in given name and birth against those that
-- agree in both. Where people live alone (made-up test sets), a wholly different given name is an error of keying;
-- where families live together it is the brother. Homes are sampled by hash, 12 records at most each.
with home as (
    select *, hash(postcode, street) as home from link_record
    where postcode is not null and street is not null and given is not null and dob is not null
      and hash(postcode, street) % $one_in = 0
),
shared as (select home from home group by home having count(*) between 2 and 12),
resident as (select home.* from home semi join shared using (home)),
pair as (
    select
        given_differs(l.given, l.given_all, l.formal, l.family, r.given, r.given_all, r.formal, r.family) as given_differs,
        dob_differs(l.dob, r.dob) as dob_differs
    from resident l join resident r on l.home = r.home and l.rid < r.rid
)
select
    count(*) filter (where given_differs and dob_differs) as neither,
    count(*) filter (where not given_differs and not dob_differs) as both
from pair
