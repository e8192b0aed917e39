-- Everybody on a list, put in one order at each practice by turns of the lists (never by a sum over lists), and who of
-- them has a place. Agreed people hold theirs. Sudden entries are proposed whether or not a place is free.
with shown as (
    select person_id, split_part(pair, ':', 1) as cohort, cast(split_part(pair, ':', 2) as integer) as level
    from (
        select person_id, unnest(string_split(shown_cohorts, ',')) as pair from register_answer where shown_cohorts <> ''
    )
),

turned as (
    select
        cohort_member.*, number, ahead,
        case when ahead then rank else (2 * rank - 1) * stride end as turn,
        -- news to whoever decided: a list or level that was not shown, or something that happened after what was
        case
            when register_answer.person_id is null then false
            when ahead then since > known_until
            else shown_cohorts is not null and cohort_member.level > coalesce(shown.level, 0)
        end as is_news
    from cohort_member
    join register_list using (cohort)
    left join register_answer using (person_id)
    left join shown using (person_id, cohort)
),

listed as (
    select
        person_id,
        string_agg(cohort || ':' || level, ',' order by number) as cohorts,
        max(benefit) as benefit,
        bool_or(ahead) as is_sudden,
        string_agg(because, '; ' order by number) filter (where is_news) as since_then,
        min_by({'cohort': cohort, 'turn': turn, 'number': number}, (not ahead, turn, number)) as best
    from turned
    group by person_id
),

known as (
    select
        person_id, feature.practice_code, best.cohort as cohort, coalesce(cohorts, '') as cohorts,
        coalesce(benefit, 0) as benefit, coalesce(is_sudden, false) as is_sudden, since_then,
        case
            when answer = 'accepted' then 'agreed'
            when since_then is not null then 'open'
            when answer = 'declined' then 'declined'
            when answer = 'deferred' and until > $as_of then 'deferred'
            else 'open'
        end as standing,
        row_number() over (
            partition by feature.practice_code
            order by coalesce(is_sudden, false) desc, best.turn nulls last, best.number, person_id
        ) as overall
    from feature
    left join listed using (person_id)
    left join register_answer using (person_id)
    where listed.person_id is not null or answer = 'accepted'
),

queued as (
    select
        person_id,
        row_number() over (partition by practice_code order by overall) as line,
        person_id in (select person_id from register_before where state = 'proposed') as was_proposed
    from known
    where standing = 'open'
),

given as (
    -- whoever was proposed before is moved up by the margin; what is left of the places is given in that order
    select
        person_id, line,
        row_number() over (
            partition by practice_code
            order by is_sudden desc, line - if(was_proposed, margin, 0), not was_proposed, line
        ) as turn
    from queued
    join known using (person_id)
    join register_place using (practice_code)
)

select
    person_id,
    case
        when standing <> 'open' then standing
        when is_sudden or turn <= places - agreed then 'proposed'
        else 'waiting'
    end as standing,
    cohort,
    cohorts,
    benefit,
    cast(overall as integer) as overall,
    cast(line as integer) as line,
    greatest(places - agreed, 0) as places,
    coalesce(not is_sudden and turn <= places - agreed and line > places - agreed, false) as is_held,
    since_then,
    practice_code
from known
join register_place using (practice_code)
left join given using (person_id)
