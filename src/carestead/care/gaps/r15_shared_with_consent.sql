-- reads: disclosure, share_choice
with shown as (select * from disclosure where at > $from and at <= $at)
select s.person_id, 'disclosure' as subject_kind, s.event_id::varchar as subject_id, s.at as since, s.at as until,
    s.username || ' was shown «' || replace(s.part, '-', ' ') || '», which the person does not share with them' as words
from shown s
asof join share_choice c
    on c.person_id = s.person_id and c.part = s.part and c.audience = s.audience and s.at >= c.recorded_at
where not c.allowed
