-- Two made-up lists of $people each, four fifths of the people on both, for timing the linking and checking its answers.
-- The truth: source_person_id is L<n> and R<n> of one person n. Errors of the right list: NHS number missing 25%, wrong
-- 0.3%; given name shortened or slipped 6%; family name slipped 3%, changed 3%; moved 12%; birthday slipped 1%.
create or replace temp table bench_patient as
with syllable as (
    select ['ba','ber','bran','car','cla','dan','del','ed','fa','fen','gar','gra','hal','har','is','jo','kel','lan','mar',
            'mor','nel','nor','ol','pa','pen','ros','sam','sel','tan','tor','val','wil','win','yor'] as s,
           ['a','an','by','don','ell','en','er','ford','ham','ia','ie','in','ley','lin','lo','man','na','ne','son','ston',
            'ta','ter','ton','us','wood','y'] as e
),
person as (
    select n,
           s[1 + (pow((hash(n, 1) % 1000000) / 1e6, 1.6) * 34)::integer % 34]
               || e[1 + (pow((hash(n, 2) % 1000000) / 1e6, 1.4) * 26)::integer % 26] as given,
           s[1 + (hash(n, 3) % 34)::integer] || s[1 + (pow((hash(n, 4) % 1000000) / 1e6, 1.5) * 34)::integer % 34]
               || e[1 + (hash(n, 5) % 26)::integer] as family,
           date '1930-01-01' + (hash(n, 6) % 33000)::integer as born,
           case when hash(n, 7) % 2 = 0 then 'female' else 'male' end as sex,
           -- a third of people live with the person before them in the list
           case when hash(n, 8) % 3 = 0 then n - 1 else n end as home,
           (990000000 + n) as nine
    from range(($people * 6 // 5)::bigint) t(n), syllable
),
numbered as (
    select *, (11 - (nine // 100000000 % 10 * 10 + nine // 10000000 % 10 * 9 + nine // 1000000 % 10 * 8
        + nine // 100000 % 10 * 7 + nine // 10000 % 10 * 6 + nine // 1000 % 10 * 5 + nine // 100 % 10 * 4
        + nine // 10 % 10 * 3 + nine % 10 * 2) % 11) % 11 as digit
    from person
),
side as (
    select numbered.*, 0 as side, home as lives from numbered where n < $people
    union all
    select numbered.*, 1 as side, case when hash(n, 20) % 100 < 12 then n + 7000000 else home end as lives
    from numbered where n >= $people // 5
)
select
    side::smallint as source_id,
    case side when 0 then 'L' else 'R' end || n as source_person_id,
    case when digit = 10 or side = 1 and hash(n, 21) % 100 < 25 then null
         when side = 1 and hash(n, 25) % 1000 < 3 then (nine * 10 + (digit + 1) % 10)::varchar
         else (nine * 10 + digit)::varchar end as nhs_number,
    case when side = 1 and hash(n, 22) % 100 < 3 then 'O''' || reverse(given)
         when side = 1 and hash(n, 22) % 100 < 6 then left(family, 2) || right(family, length(family) - 3) else family end
        as family_name,
    case when side = 1 and hash(n, 23) % 100 < 3 then left(given, 3)
         when side = 1 and hash(n, 23) % 100 < 6 then left(given, 1) || 'x' || right(given, length(given) - 1)
         else given end as given_name,
    case when side = 1 and hash(n, 24) % 100 < 1 then born + 1 else born end as birth_date,
    sex,
    (1 + hash(lives, 30) % 180)::varchar || ' ' || s[1 + (hash(lives, 31) % 34)::integer] || s[1 + (hash(lives, 32) % 34)::integer]
        || e[1 + (hash(lives, 38) % 26)::integer] || ' Road, Town' || chr((65 + hash(lives, 33) % 20)::integer) as address,
    'AB' || (hash(lives, 33) % 20)::varchar || ' ' || (hash(lives, 34) % 10)::varchar
        || chr((65 + hash(lives, 35) % 26)::integer) || chr((65 + hash(lives, 36) % 26)::integer) as postcode,
    '07' || (100000000 + hash(lives, 37) % 900000000)::varchar as phone
from side, syllable
