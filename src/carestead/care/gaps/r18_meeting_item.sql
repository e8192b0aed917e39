-- reads: meeting, meeting_item, promise
with item as (
    select i.*, m.held_at, m.state as meeting_state
    from meeting_item i
    join meeting m on m.id = i.meeting_id
)
select person_id, 'meeting-item' as subject_kind, id::varchar as subject_id, held_at as since, null as until,
    'Was on the agenda of a meeting, and left it with nothing' as words
from item
where state = 'open' and (meeting_state = 'closed' or (meeting_state = 'held' and held_at + to_days($meeting_days) < $at))
union all
select i.person_id, 'meeting-item', i.id::varchar, i.held_at, null,
    case when coalesce(i.outcome, '') = 'promise' then 'The meeting is said to have ended in a promise, and there is none'
        else 'No action was agreed, and it is not said why' end
from item i
anti join promise p on p.meeting_item_id = i.id
where i.state = 'closed'
    and not (coalesce(i.outcome, '') = 'no-action' and coalesce(trim(i.no_action_because), '') <> '')
