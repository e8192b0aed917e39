-- The groups of each ICD-10 code met: a code falls in a group when it begins with one of the group's prefixes.
-- Codes are cleaned here and nowhere else: dots, spaces, daggers and asterisks go, then what follows the fourth character
-- (fifth characters, a D or A that stands for dagger or asterisk), then an X that fills a place; X59, which begins with
-- one, stays. Only what is coded as ICD-10 and looks like it (find/doubts/doubt.sql counts the rest) falls in a group, so that
-- another system's code never does.
with bare as (
    select code_id, upper(regexp_replace(code, '[^A-Za-z0-9]', '', 'g')) as code
    from code
    where system = 'icd10'
),

cleaned as (
    select code_id, rtrim(left(code, 4), 'X') as icd10
    from bare
    where regexp_full_match(code, '[A-Z][0-9][0-9A-Z][0-9X]{0,3}[AD]?')
),

begun as (
    select code_id, icd10, unnest(list_distinct([left(icd10, 3), icd10])) as prefix
    from cleaned
)

select distinct code_id, icd10, map, item, place
from begun
join icd10_prefix using (prefix)
