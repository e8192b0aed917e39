-- How many medicines a person takes, by each definition of polypharmacy. Of ingredients taken at the same time, those
-- whose BNF substance is not known count as the medicines they are in.
with counted as (
    select
        person_id,
        count(*) filter (where counts_for & 1 > 0) as in_the_year,
        count(*) filter (where counts_for & 2 > 0) as on_one_day,
        count(distinct coalesce(chemical, cast(code_id as varchar))) filter (where counts_for & 4 > 0) as at_once,
        count(*) filter (where counts_for & 8 > 0) as on_repeat
    from medicine_history
    where counts_for > 0
    group by person_id
),

defined as (
    select
        person_id, definition, needed,
        case counts when 1 then in_the_year when 2 then on_one_day when 4 then at_once when 8 then on_repeat end
            as medicines
    from counted
    cross join polypharmacy_definition
)

select person_id, definition, medicines, medicines >= needed as is_polypharmacy
from defined
where medicines > 0
