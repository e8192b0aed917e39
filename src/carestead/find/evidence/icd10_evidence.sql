-- The diagnoses behind each score of hospital diagnoses: a group of a map has its points once, dated by the first record.
-- A group beside a severer one has a row without points; points for age and a total raised to its floor have rows too.
with said as (
    select code_id, look, item, place, is_primary_in, cast(cast($as_of as date) - to_years(years) as date) as since
    from icd10_group
    join icd10_look using (map)
),

gathered as (
    select
        person_id, look, item, place, min(date) as date, max(date) as last_date, cast(count(*) as integer) as times,
        min({
            'date': date, 'code_id': code_id, 'source_id': source_id, 'file_id': file_id,
            'source_row': coalesce(source_row, -1)
        }) as first
    from diagnosis
    join said using (code_id)
    where date > since and date <= $as_of and (is_primary_in or position is distinct from 1)
    group by person_id, look, item, place
),

covering as (
    -- groups that a person has, beside which a lesser grade does not count
    select person_id, look, place as severer
    from gathered
    semi join (select look, severer as place from icd10_weight) using (look, place)
),

counted as (
    select
        person_id, score, item, first.code_id as code_id, date, last_date, times, cast(null as double) as value,
        case when covering.severer is null then tenths else 0 end as tenths, 'diagnosis' as origin,
        first.source_id as source_id, first.file_id as file_id, nullif(first.source_row, -1) as source_row
    from gathered
    join icd10_weight using (look, place)
    left join covering using (person_id, look, severer)
    union all by name
    select person_id, score, 'age' as item, tenths, age as value, 'person' as origin
    from (select person_id, date_sub('year', birth_date, least(death_date, cast($as_of as date))) as age from person)
    join icd10_age on age between youngest and oldest
),

raised as (
    select person_id, score, 'floor' as item, least - cast(sum(tenths) as integer) as tenths
    from counted
    join icd10_floor using (score)
    group by person_id, score, least
    having sum(tenths) < least
)

select * exclude (tenths), tenths / 10.0 as points
from (from counted union all by name from raised)
