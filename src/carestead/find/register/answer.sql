-- The last thing decided of each person, in words, and what the proposal showed then.
select
    person_id,
    kind as answer,
    case kind when 'declined' then 'Declined' when 'deferred' then 'Deferred' else 'Agreed' end
    || ' on ' || strftime(decided_on, '%-d %B %Y')
    || if(kind = 'deferred' and until is not null, ' until ' || strftime(until, '%-d %B %Y'), '')
    || coalesce(' because: ' || reason, '') as words,
    decided_on,
    until,
    coalesce(shown_on, decided_on) as known_until,
    shown_cohorts
from decision
where kind in ('accepted', 'declined', 'deferred')
qualify row_number() over (partition by person_id order by decided_on desc, kind, until, reason) = 1
