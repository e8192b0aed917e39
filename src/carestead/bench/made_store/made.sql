-- Five promises a person, k from 0 to 4: which state each is in, and when it was asked.
select p.*, k, i * 8 + k as id, case
    when k = 0 then case i when 13 then 'on-hold' else 'accepted' end
    when k = 1 and (many and i % 20 = 0 or i = 12) then 'accepted'
    when k = 2 and i = 24 then 'accepted'
    when k = 3 and i = 9 then 'rejected'
    when k = 4 and (many and i % 10 = 4 or i = 9) then 'accepted'
    else 'completed' end as state,
    $at - to_days((20 + i % 25)::integer) as asked
from p cross join range(5) t(k)
