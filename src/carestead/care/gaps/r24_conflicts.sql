-- reads: promise
with open as (
    select id, person_id, owner_code, due_at, asked_at, lower(what) as what, coalesce(template, '') as template
    from promise
    where state in (select state from promise_open)
),
visit as (
    select * from open
    where template in (select template from visit_template) or contains(what, 'visit')
),
said as (select o.*, p.one, p.other, contains(o.what, p.one) as is_one from open o
    join opposing p on contains(o.what, p.one) or contains(o.what, p.other)),
clash as (
    select a.person_id, a.id as one, b.id as other, greatest(a.asked_at, b.asked_at) as since,
        'Two visits within the hour: ' || a.owner_code || ' and ' || b.owner_code as words
    from visit a
    join visit b on b.person_id = a.person_id and b.owner_code <> a.owner_code and b.id > a.id
        and b.due_at between a.due_at - interval 1 hour and a.due_at + interval 1 hour
    union all
    select a.person_id, a.id, b.id, greatest(a.asked_at, b.asked_at),
        'Two promises that oppose each other: «' || a.one || '» and «' || a.other || '»'
    from said a
    join said b on b.person_id = a.person_id and b.one = a.one and b.other = a.other and a.is_one and not b.is_one
)
select c.person_id, 'promise' as subject_kind, c.one || ' and ' || c.other as subject_id, c.since, null as until, c.words
from clash c
anti join (
    select person_id, asked_at from promise where template in (select template from decision_template) and state <> 'cancelled'
) d on d.person_id = c.person_id and d.asked_at >= c.since
