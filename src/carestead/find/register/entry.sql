-- The register: people a clinician has agreed to and people proposed, each with reasons and what was decided before.
with told as (
    -- the list that gave the place is the most telling; the others follow in the rule's order
    select
        person_id,
        string_agg(because, '; ' order by cohort_member.cohort <> register_candidate.cohort, number) as reasons
    from register_candidate
    join cohort_member using (person_id)
    join register_list on cohort_member.cohort = register_list.cohort
    where standing in ('agreed', 'proposed')
    group by person_id
)

select
    person_id,
    standing as state,
    cast(row_number() over (partition by practice_code order by overall) as integer) as rank,
    $rule as rule,
    cohort,
    cohorts,
    cast(benefit as double) as priority,
    coalesce(reasons, 'On no list now') as reasons,
    case when standing = 'proposed' then words || coalesce('; since then: ' || since_then, '') end as earlier_decision,
    practice_code
from register_candidate
left join told using (person_id)
left join register_answer using (person_id)
where standing in ('agreed', 'proposed')
