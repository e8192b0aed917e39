-- The known ingredients in the name of each code, in whole words: of one word, or of two that follow each other.
with spelled as (
    select
        code_id,
        regexp_extract_all(lower(display), '[a-z]+(?:-[a-z]+)*') as words,
        try_cast(regexp_extract(lower(display), '([0-9]+(?:\.[0-9]+)?) ?mg\b', 1) as double) as strength_mg
    from code
    where display is not null
),

phrase as (
    select code_id, unnest(words) as phrase from spelled
    union
    select code_id, unnest(list_transform(range(1, array_length(words)), lambda i: words[i] || ' ' || words[i + 1]))
    from spelled
),

named as (
    select distinct code_id, name
    from phrase
    join ingredient_phrase using (phrase)
),

locally as (
    select distinct code_id
    from phrase
    join local_use_word on phrase = word
)

select
    code_id, name, strength_mg, locally.code_id is not null as local_use
from named
join spelled using (code_id)
left join locally using (code_id)
