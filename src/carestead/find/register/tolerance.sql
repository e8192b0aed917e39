-- A finding for each practice where clinicians have agreed to fewer people than the rule's tolerance.
select
    'register.below-tolerance' as code,
    'information' as severity,
    'practice ' || practice_code as "where",
    agreed || ' of at least ' || least || ' people are on the agreed register (' || adults || ' registered adults).'
        as what,
    'Decide on the people proposed at this practice.' as "do",
    least - agreed as count,
    null as example
from register_place
where agreed < least
