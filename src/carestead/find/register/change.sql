-- Everybody on the register now or on the day compared with: entered, left or stayed, and why in words.
with compared as (
    select
        person_id,
        now.person_id is not null as is_on, before.person_id is not null as was_on,
        now.state, now.rank, now.reasons, now.earlier_decision, before.rank as rank_before,
        before.cohorts as cohorts_before, before.priority as priority_before, before.as_of as before,
        coalesce(now.practice_code, before.practice_code) as practice_code,
        before.practice_code as practice_before
    from register_entry as now
    full join register_before as before using (person_id)
),

newcomer as (
    select practice_code, line
    from register_candidate
    where standing = 'proposed' and person_id not in (select person_id from register_before)
),

ahead as (
    select waiting.person_id, count(newcomer.line) as overtaken_by
    from register_candidate as waiting
    left join newcomer
        on waiting.practice_code = newcomer.practice_code and newcomer.line < waiting.line
    where waiting.standing = 'waiting' and waiting.person_id in (select person_id from register_before)
    group by waiting.person_id
),

judged as (
    select
        compared.*, candidate.standing, candidate.benefit, candidate.is_held,
        candidate.since_then, overtaken_by, death_date, feature.practice_code as practice_now,
        words,
        'number ' || candidate.line || ' for ' || candidate.places || ' open place' || if(candidate.places = 1, '', 's')
            as now_at,
        case
            when is_on and state = 'agreed' then 'agreed'
            when is_on and was_on and candidate.is_held then 'held'
            when is_on and was_on then 'stays'
            when is_on and candidate.cohort = 'sudden' then 'sudden'
            when is_on and since_then is not null then 'changed-since'
            when is_on and answer = 'deferred' then 'look-again'
            when is_on then 'chosen'
            when death_date <= $as_of then 'died'
            when feature.person_id is null then 'not-registered'
            when answer = 'declined' and coalesce(standing, 'declined') = 'declined' then 'declined'
            when answer = 'deferred' and until > $as_of and coalesce(standing, 'deferred') = 'deferred' then 'deferred'
            when coalesce(age, 0) < $from_age then 'not-an-adult'
            when candidate.person_id is null then 'off-lists'
            when practice_before <> feature.practice_code then 'moved-practice'
            when benefit < priority_before then 'fewer-needs'
            when overtaken_by > 0 then 'overtaken'
            else 'fewer-places'
        end as cause
    from compared
    left join register_candidate as candidate using (person_id)
    left join ahead using (person_id)
    left join person using (person_id)
    left join feature using (person_id)
    left join register_answer using (person_id)
)

select
    person_id,
    case when is_on and was_on then 'stayed' when is_on then 'entered' else 'left' end as change,
    cause,
    case cause
        when 'agreed' then words
        when 'held' then
            upper(left(now_at, 1)) || substr(now_at, 2) || ': near the line, and proposed before'
        when 'stays' then 'Still proposed: ' || reasons
        when 'sudden' then reasons
        when 'changed-since' then earlier_decision
        when 'look-again' then earlier_decision
        when 'chosen' then reasons
        when 'died' then 'Died on ' || strftime(death_date, '%-d %B %Y')
        when 'not-registered' then 'No longer registered with a practice here'
        when 'declined' then words
        when 'deferred' then words
        when 'not-an-adult' then 'Not known to be an adult'
        when 'off-lists' then 'On no list any more; before: ' || replace(
            regexp_replace(cohorts_before, ':[0-9]+', '', 'g'), ',', ', '
        )
        when 'moved-practice' then
            'Moved to ' || practice_now || ', where this is ' || now_at
        when 'fewer-needs' then
            'Fewer open needs (' || benefit || ' points of expected benefit, ' || cast(priority_before as integer)
            || ' before), so now ' || now_at
        when 'overtaken' then
            'Overtaken by ' || overtaken_by || if(overtaken_by = 1, ' person', ' people')
            || ': now ' || now_at
        else 'Fewer open places: now ' || now_at
    end as because,
    rank_before,
    rank,
    practice_code,
    before
from judged
