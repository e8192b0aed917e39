select i * 8 as id, i as person_id, 'given' as state, 'named-gp' as about,
    'ledger' as subject_kind, i * 4 as subject_id,
    'person' as to_kind, i::varchar as to_code, start as queued_at, start + interval 21 day as due_at,
    start + interval 3 day as given_at,
    null as seen_at, null as escalated_at from p where i <> 17
union all select i * 8 + 1, i, 'given', 'change', 'ledger', i * 4 + 2, 'person', i::varchar, start,
    start + interval 21 day, start, null, null
from p where many and i % 5 = 0 or i = 5
union all select i * 8 + n, i, 'seen', 'admission', 'stay', i, 'practitioner',
    case when n = 3 then co when many and i % 5 = 0 and start + interval 20 day <= came then next_gp
    else gp end,
    came + interval 3 hour, came + interval 8 hour, came, came + interval 4 hour, null
from p cross join range(2, 4) t(n) where (many and i % 10 = 3 or i in (10, 11)) and not (i = 11 and n = 3)
