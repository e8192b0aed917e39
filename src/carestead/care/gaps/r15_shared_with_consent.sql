-- reads: disclosure, share_choice
-- What the person last said of the part, or of every part (*), before it was shown; else only the care team sees it.
with shown as (select * from disclosure where shown_at > $from and shown_at <= $at and audience not in ('holder', 'person')),
said as (
    select s.event_id, s.person_id, s.part, arg_max(c.allowed, c.recorded_at) as allowed
    from shown s
    join share_choice c
        on c.person_id = s.person_id and c.audience = s.audience and c.part in (s.part, '*') and c.recorded_at <= s.shown_at
    group by all
)
select s.person_id, 'disclosure' as subject_kind, s.event_id::varchar as subject_id, s.shown_at as since, s.shown_at as until,
    s.username || ' was shown «' || replace(s.part, '-', ' ') || '», which the person does not share with them' as words
from shown s
left join said a using (event_id, person_id, part)
where not coalesce(a.allowed, s.audience in (select audience from care_team))
