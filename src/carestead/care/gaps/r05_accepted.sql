-- reads: hand_over
with current as (
    select h.*
    from holding h
    semi join enrolled e on e.person_id = h.person_id and e.until > $at
    where h.until = timestamp 'infinity' and h.basis <> 'ended'
),
interim as (
    select i.*, c.closes
    from (select * from current where basis = 'interim') i
    asof left join calendar_day d on i.start >= d.starts
    left join closing c on c.number = d.number + $interim_days
)
select person_id, 'ledger' as subject_kind, id::varchar as subject_id, coalesce(closes, start) as since, null as until,
    holder_code || ' became ' || replace(role, '-', ' ') || ' for the time being and has not said yes in time' as words
from interim
where coalesce(closes, start) < $at
union all
select h.person_id, 'ledger', h.id::varchar, h.start, null,
    h.holder_code || ' became ' || replace(h.role, '-', ' ') || ' by an offer that they have not accepted'
from current h
left join hand_over o on o.id = h.hand_over_id
where h.basis = 'accepted' and h.hand_over_id is not null
    and (o.id is null or o.state <> 'accepted' or o.arriving_code <> h.holder_code)
union all
select person_id, 'ledger', id::varchar, start, null,
    holder_code || ' took the place of ' || earlier_holder || ' as ' || replace(role, '-', ' ') || ' without an offer'
from current
where basis = 'accepted' and hand_over_id is null and earlier_holder <> '' and earlier_holder <> holder_code
