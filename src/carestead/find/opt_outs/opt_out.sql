-- Opt-outs as they stand, one row a kind and purpose. What each is and what it rules out: docs/clarifications.md.
with recorded as (
    select
        person_id,
        min(first_date) filter (where item = 'dissent') as dissent_first,
        max(last_date) filter (where item = 'dissent') as dissent_last,
        max(coalesce(last_date, date '0001-01-01')) filter (where item = 'dissent') as dissent,
        max(coalesce(last_date, date '0001-01-01')) filter (where item = 'withdrawn') as withdrawn
    from item_fact
    where score = 'opt-out'
    group by person_id
),

listed as (
    select nhs_number, data_choice.choice
    from data_choice
    semi join opt_out_list using (file_id, choice)
),

checked as (
    select
        person.person_id,
        bool_or(coalesce(choice = 'opted-out', false)) as is_out,
        bool_or(coalesce(choice = 'not-opted-out', false)) as is_in
    from person
    left join patient using (person_id)
    left join listed using (nhs_number)
    group by person.person_id
),

standing as (
    select person_id, 'type-1' as kind, if(withdrawn is null, dissent_first, dissent_last) as since
    from recorded
    where dissent >= coalesce(withdrawn, date '0001-01-01')
    union all
    -- whoever is not on the cleaned list must not be used, also when the service could not be asked about them
    select person_id, 'national', null
    from checked
    where
        is_out
        or (not is_in and 'not-opted-out' in (select choice from opt_out_list))
)

select person_id, kind, purpose, since
from standing
cross join (values ('planning'), ('research')) as ruled_out(purpose)
