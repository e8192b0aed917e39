select i as id, i // 100 as meeting_id, i as person_id, case when i = 18 then 'open'
    else 'closed' end as state,
    case when i = 18 then '' when i % 10 = 5 then 'promise' else 'no-action' end as outcome,
    case when i % 10 = 6 then 'Well looked after' else '' end as no_action_because from p where many
    and i % 10 in (5, 6) or i = 18
