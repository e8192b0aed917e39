-- Records made comparable: lower case, no accents, no punctuation; numbers checked.
-- Reads link_all and link_nickname.
create or replace temp table link_record as
with plain as (
    select
        source_id::smallint as source_id, source_person_id::varchar as source_person_id,
        translate(nhs_number, ' -', '') as nhs_sent,
        lower(strip_accents(trim(family_name))) as family_text,
        lower(strip_accents(trim(given_name))) as given_text,
        left(birth_date, 10) as dob_sent,
        try_cast(left(birth_date, 10) as date) as dob_date,
        nullif(lower(left(trim(sex), 1)), 'u') as sex,
        string_split(lower(strip_accents(address)), ',') as lines,
        town as town_sent,
        nullif(translate(upper(postcode), ' -.', ''), '') as postcode,
        right(translate(phone, ' +-().', ''), 9) as phone_digits,
        nullif(lower(trim(email)), '') as email,
        nullif(lower(trim(other)), '') as other
    from link_all
),
parsed as (
    select
        *,
        case when length(nhs_sent) = 10 then try_cast(nhs_sent as bigint) end as nhs,
        nullif(regexp_replace(family_text, '[^a-z]', '', 'g'), '') as family,
        nullif(regexp_replace(given_text, '[^a-z]', '', 'g'), '') as given_all,
        nullif(regexp_replace(split_part(given_text, ' ', 1), '[^a-z]', '', 'g'), '') as given_first,
        -- dates that cannot be (31 February) stay as digits: a slip of one digit still says much
        case when dob_date is not null then strftime(dob_date, '%Y%m%d')
             when contains(dob_sent, '/') or contains(dob_sent, '.')
             then strftime(coalesce(try_strptime(translate(dob_sent, '.', '/'), '%d/%m/%Y'),
                                    try_strptime(translate(dob_sent, '.', '/'), '%Y/%m/%d')), '%Y%m%d')
             when length(translate(dob_sent, '- ', '')) between 6 and 8 then translate(dob_sent, '- ', '')
        end as dob_digits,
        -- the last line of an address is the town, when no column holds it and there are more lines than one
        case when town_sent is not null then town_sent when len(lines) > 1 then lines[-1] end as town_text,
        array_to_string(case when town_sent is null and len(lines) > 1 then lines[:-2] else lines end, ' ')
            as street_text
    from plain
),
worded as (select *, regexp_extract_all(street_text, '[a-z]+') as words from parsed)
select
    row_number() over (order by source_id, source_person_id)::integer - 1 as rid,
    source_id, source_person_id,
    case when nhs > 0
          and nhs % 1111111111 <> 0
          and (11 - (nhs // 1000000000 % 10 * 10 + nhs // 100000000 % 10 * 9 + nhs // 10000000 % 10 * 8
                + nhs // 1000000 % 10 * 7 + nhs // 100000 % 10 * 6 + nhs // 10000 % 10 * 5 + nhs // 1000 % 10 * 4
                + nhs // 100 % 10 * 3 + nhs // 10 % 10 * 2) % 11) % 11 = nhs % 10
         then nhs end as nhs,
    nhs_sent is not null and nhs_sent <> '' as nhs_given,
    family,
    case when contains(family_text, ' ') or contains(family_text, '-')
         then regexp_extract_all(family_text, '[a-z]{3,}') else [family] end as family_parts,
    case when length(given_first) > 1 then given_first else given_all end as given,
    given_all,
    coalesce(link_nickname.formal, given_first) as formal,
    case when dob_digits not in ('19000101', '19010101', '18000101', '11111111', '99999999') then dob_digits end as dob,
    date_diff('day', date '1900-01-01', coalesce(dob_date, try_strptime(dob_digits, '%Y%m%d')::date)) as dob_day,
    sex,
    postcode,
    nullif(array_to_string(words, ''), '') as street,
    list_filter(words, lambda word: length(word) >= 4 and word not in
        ('street', 'road', 'avenue', 'close', 'drive', 'lane', 'place', 'court', 'crescent', 'circuit', 'house',
         'flat', 'gardens', 'grove', 'terrace', 'park', 'way')) as street_words,
    nullif(regexp_extract(street_text, '[0-9]+[a-z]?\b'), '') as number,
    nullif(translate(lower(strip_accents(town_text)), ' -.''0123456789', ''), '') as town,
    case when length(phone_digits) >= 6 then phone_digits end as phone,
    email,
    other,
    left(dob, 4) as birth_year,
    left(dob, 6) as birth_month,
    right(dob, 4) as birth_month_day,
    left(given, 1) as given_1,
    left(family, 1) as family_1,
    case when given < family then given || ' ' || family else family || ' ' || given end as names,
    0 as anybody
from worded
left join link_nickname on link_nickname.short = worded.given_first
