-- Records made comparable: lower case, no accents, no punctuation; numbers checked; one row a source's record.
-- Reads link_input (any of the columns below; those it lacks are empty) and link_nickname.
create or replace temp table link_record as
with input as (
    select * from (
        select null::smallint as source_id, null::varchar as source_person_id, null::varchar as nhs_number,
               null::varchar as family_name, null::varchar as given_name, null::varchar as birth_date,
               null::varchar as sex, null::varchar as address, null::varchar as town, null::varchar as postcode,
               null::varchar as phone, null::varchar as email, null::varchar as other
        where false
    )
    union all by name
    select * from link_input
),
one as (
    select source_id, source_person_id, max(nhs_number) as nhs_number, max(family_name) as family_name,
           max(given_name) as given_name, max(birth_date) as birth_date, max(sex) as sex, max(address) as address,
           max(town) as town, max(postcode) as postcode, max(phone) as phone, max(email) as email, max(other) as other
    from input
    group by source_id, source_person_id
),
plain as (
    select
        source_id, source_person_id,
        translate(nhs_number, ' -', '') as nhs_sent,
        lower(strip_accents(trim(family_name))) as family_text,
        lower(strip_accents(trim(given_name))) as given_text,
        regexp_replace(left(birth_date, 10), '[^0-9/.]', '', 'g') as dob_text,
        nullif(lower(left(trim(sex), 1)), 'u') as sex,
        lower(strip_accents(address)) as address_text,
        town as town_sent,
        nullif(regexp_replace(upper(postcode), '[^A-Z0-9]', '', 'g'), '') as postcode,
        right(regexp_replace(phone, '[^0-9]', '', 'g'), 9) as phone_digits,
        nullif(lower(trim(email)), '') as email,
        nullif(lower(trim(other)), '') as other
    from one
),
parsed as (
    select
        *,
        case when length(nhs_sent) = 10 then try_cast(nhs_sent as bigint) end as nhs,
        nullif(regexp_replace(family_text, '[^a-z]', '', 'g'), '') as family,
        nullif(regexp_replace(given_text, '[^a-z]', '', 'g'), '') as given_all,
        nullif(regexp_replace(split_part(given_text, ' ', 1), '[^a-z]', '', 'g'), '') as given_first,
        case when contains(dob_text, '/') or contains(dob_text, '.')
             then strftime(coalesce(try_strptime(translate(dob_text, '.', '/'), '%d/%m/%Y'),
                                    try_strptime(translate(dob_text, '.', '/'), '%Y/%m/%d')), '%Y%m%d')
             when length(dob_text) between 6 and 8 then dob_text end as dob_digits,
        -- the last line of an address is the town, when no column holds it and there are more lines than one
        case when town_sent is not null then town_sent
             when contains(address_text, ',') then regexp_extract(address_text, ',\s*([^,]*?)[\s,]*$', 1) end as town_text
    from plain
),
lined as (
    select
        *,
        case when town_sent is null and contains(address_text, ',')
             then regexp_extract(address_text, '^(.*?)\s*,[^,]*?[\s,]*$', 1) else address_text end as street_text
    from parsed
)
select
    row_number() over (order by source_id, source_person_id)::integer - 1 as rid,
    source_id::smallint as source_id, source_person_id::varchar as source_person_id,
    case when nhs > 0
          and nhs % 1111111111 <> 0
          and (11 - (nhs // 1000000000 % 10 * 10 + nhs // 100000000 % 10 * 9 + nhs // 10000000 % 10 * 8
                + nhs // 1000000 % 10 * 7 + nhs // 100000 % 10 * 6 + nhs // 10000 % 10 * 5 + nhs // 1000 % 10 * 4
                + nhs // 100 % 10 * 3 + nhs // 10 % 10 * 2) % 11) % 11 = nhs % 10
         then nhs end as nhs,
    nhs_sent is not null and nhs_sent <> '' as nhs_given,
    family,
    list_filter(string_split_regex(family_text, '[^a-z]+'), lambda part: length(part) >= 3) as family_parts,
    case when length(given_first) > 1 then given_first else given_all end as given,
    given_all,
    coalesce(link_nickname.formal, given_first) as formal,
    case when dob_digits not in ('19000101', '19010101', '18000101', '11111111', '99999999') then dob_digits end as dob,
    sex,
    postcode,
    nullif(regexp_replace(street_text, '[^a-z]', '', 'g'), '') as street,
    list_filter(string_split_regex(street_text, '[^a-z]+'), lambda word: length(word) >= 4 and word not in
        ('street', 'road', 'avenue', 'close', 'drive', 'lane', 'place', 'court', 'crescent', 'circuit', 'house',
         'flat', 'gardens', 'grove', 'terrace', 'park', 'way')) as street_words,
    nullif(regexp_extract(street_text, '[0-9]+[a-z]?\b'), '') as number,
    nullif(regexp_replace(lower(strip_accents(town_text)), '[^a-z]', '', 'g'), '') as town,
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
from lined
left join link_nickname on link_nickname.short = lined.given_first
