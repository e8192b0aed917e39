select id, 'promise/' || id || '/overdue' as key, 'promise' as subject_kind, id as subject_id,
    m as milestone,
    case m when 'overdue' then co else gp end as to_code, $at - interval 2 day as raised_at
from made cross join (select unnest(['overdue', 'gp-asked']) as m) where k = 1 and state = 'accepted'
    and i <> 12
    and m = 'overdue'
