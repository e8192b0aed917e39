-- The groups of medicines that a person was prescribed. Which medicine is in which group is settled once a code.
with kind as (select distinct code_id, chemical from medicine_history),

named as (
    -- a BNF code decides where there is one, else the words of the name
    select kind.code_id, kind.chemical, medicines, counts
    from kind
    join medicine_group on starts_with(chemical, bnf)
    left join (select distinct code_id, strength_mg from medicine_name) strength using (code_id)
    where up_to_mg is null or strength_mg <= up_to_mg
    union all
    select kind.code_id, kind.chemical, medicines, counts
    from kind
    join medicine_name using (code_id)
    join medicine_group using (name)
    where chemical is null and (up_to_mg is null or strength_mg <= up_to_mg)
),

member as (
    select code_id, chemical, medicines from named group by code_id, chemical, medicines having bool_and(counts)
),

gathered as (
    select
        person_id, medicines,
        cast(sum(issues_6_months) as integer) as issues_6_months,
        cast(sum(issues_12_months) as integer) as issues_12_months,
        cast(sum(issues) as integer) as issues,
        min(first_date) as first_date, max(last_date) as last_date,
        max({
            'date': coalesce(last_date, date '0001-01-01'), 'code_id': history.code_id, 'source_id': source_id,
            'file_id': file_id, 'source_row': coalesce(source_row, -1)
        }) as last
    from medicine_history history
    join member on history.code_id = member.code_id and history.chemical is not distinct from member.chemical
    group by person_id, medicines
)

select
    person_id, medicines, issues_6_months, issues_12_months, issues, first_date, last_date,
    last.code_id as code_id, last.source_id as source_id, last.file_id as file_id,
    nullif(last.source_row, -1) as source_row
from gathered
