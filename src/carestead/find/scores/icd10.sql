-- Every score of hospital diagnoses: the points of the groups that a person's ICD-10 codes fall in, each group once.
-- A look is a map of codes and how it is read (reference/find/diagnoses.yaml): scores with one look share its pass.
-- What a person's codes say is one number, a bit a group; the points of each different number are added up once.
with said as (
    select
        code_id, look, is_primary_in, cast(cast($as_of as date) - to_years(years) as date) as since,
        bit_or(cast(1 as hugeint) << place) as shown
    from icd10_group
    join icd10_look using (map)
    group by all
),

recorded as (
    select person_id, look, bit_or(shown) as shown
    from diagnosis
    join said using (code_id)
    where date > since and date <= $as_of and (is_primary_in or position is distinct from 1)
    group by person_id, look
),

weighted as (
    select
        look, score, tenths, cast(1 as hugeint) << place as item,
        coalesce(cast(1 as hugeint) << severer, 0) as severer
    from icd10_weight
),

valued as (
    -- the severer of two grades counts alone, where hierarchy was chosen
    select look, shown, score, cast(sum(tenths) as integer) as tenths
    from (select distinct look, shown from recorded)
    join weighted using (look)
    where shown & item <> 0 and shown & severer = 0
    group by look, shown, score
),

aged as (
    select person_id, score, tenths
    from person
    join icd10_age
        on date_sub('year', birth_date, least(death_date, cast($as_of as date))) between youngest and oldest
),

summed as (
    select
        person_id, score,
        greatest(coalesce(valued.tenths, 0) + coalesce(aged.tenths, 0), least) as tenths
    from recorded
    join valued using (look, shown)
    full join aged using (person_id, score)
    left join icd10_floor using (score)
)

select person_id, summed.score, tenths / 10.0 as value, band
from summed
left join icd10_band on summed.score = icd10_band.score and tenths between lowest and highest
