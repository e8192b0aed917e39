select id, i as person_id, state,
    case when i = 24 then 'Home visit for the leg' else 'Ring about tablets ' || id end as what,
    case when i = 6 and k = 0 then '' else 'Spoke to the person' end as done_means,
    case when k = 4 and (many and i % 10 = 3 or i = 11) then 'after-discharge-contact'
    else '' end as template,
    'practitioner' as owner_kind, case when i = 24 and k = 2 then 'N1' else co end as owner_code,
    gp as requester_code,
    case when k = 4 and (many and i % 10 = 3 or i = 11) then came + interval 98 hour
    else asked end as asked_at,
    case when k = 1 and state = 'accepted' then $at - interval 2 day
    when k = 4 and (many and i % 10 = 3 or i = 11) then came + interval 7 day
    when i = 24 then $at + interval 5 day else $at + to_days((1 + i % 20)::integer) end as due_at, case when k = 1 and state = 'accepted' then $at - interval 2 day
    when k = 4 and (many and i % 10 = 3 or i = 11) then came + interval 7 day
    when i = 24 then $at + interval 5 day else $at + to_days((1 + i % 20)::integer) end as first_due_at, null as resume_on,
    case when state in ('rejected', 'on-hold') then 'No room' else '' end as reason,
    case when state <> 'completed' or i = 7 and k = 2 then '' when k = 4 then 'contacted'
    else 'done' end as outcome,
    case when state = 'completed' then $at - interval 5 day end as happened_at,
    case when state in ('completed', 'rejected') then $at - interval 5 day end as ended_at, 0 as attempts,
    false as decided_next, case when k = 0 then i end as plan_id,
    case when k = 4 and (many and i % 10 = 4 or i = 9) or k = 3 and i = 9 then i end as request_id,
    case when k = 4 and (many and i % 10 = 3 or i = 11) then i end as stay_id,
    case when k = 3 and many and i % 10 = 5 then i end as meeting_item_id, null as replaces_id
from made
