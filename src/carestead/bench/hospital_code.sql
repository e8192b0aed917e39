-- The ICD-10 codes of a made-up hospital, numbered: every prefix of every map as it is and with more characters behind
-- it, and as many that no map has; half of those of four characters are written with a dot.
with prefix as (
    select distinct prefix from icd10_prefix
),

longer as (
    select prefix || n as code from prefix, range(10) t(n)
    where length(prefix) = 3 and hash(prefix, n) % 4 = 0
),

unmapped as (
    select chr(65 + letter::integer) || lpad(n::varchar, 2, '0') || fourth as code
    from range(26) a(letter), range(100) b(n), range(10) c(fourth)
    where hash(letter, n, fourth) % 13 = 0
),

every as (
    select prefix as code from prefix
    union
    select code from longer
    union
    select code from unmapped where code not in (from prefix) and left(code, 3) not in (from prefix)
)

select
    row_number() over (order by hash(code), code) - 1 as code_id, 'icd10' as system,
    case when hash(code, 'dot') % 2 = 0 and length(code) > 3 then left(code, 3) || '.' || substr(code, 4) else code end
        as code,
    null as display
from every
