-- The ingredients with points that a person takes now, each once a scale. What is in a medicine is settled once a code:
-- by its BNF substance where that is known, else by the words of its name; a mixture is what it is made of.
with kind as (
    select distinct code_id, chemical
    from medicine_history
    where
        is_current
        and code_id not in (select code_id from medicine_name where local_use)
        and not exists (select 1 from local_use_bnf where starts_with(medicine_history.chemical, local_use_bnf.bnf))
),

named as (
    select code_id, kind.chemical, name
    from kind
    join substance_name using (chemical)
    union
    select code_id, chemical, name
    from kind
    join medicine_name using (code_id)
    where chemical is null or chemical not in (select chemical from substance_name)
),

rated as (
    select distinct code_id, chemical, score, ingredient, points
    from named
    join ingredient_of using (name)
    join anticholinergic_points using (ingredient)
),

taken as (
    select
        person_id, score, ingredient, points, history.*,
        row_number() over (
            partition by person_id, score, ingredient order by last_date desc nulls last, history.code_id
        ) as place
    from medicine_history history
    join rated on history.code_id = rated.code_id and history.chemical is not distinct from rated.chemical
    where is_current
)

select
    person_id, score, ingredient, min(points) as points,
    min(code_id) filter (where place = 1) as code_id,
    min(first_date) as first_date, max(last_date) as last_date, cast(sum(issues) as integer) as issues,
    min(source_id) filter (where place = 1) as source_id, min(file_id) filter (where place = 1) as file_id,
    min(source_row) filter (where place = 1) as source_row
from taken
group by person_id, score, ingredient
