-- Each medicine of a person once, in the one pass over medication. The last prescription is remembered as one whole
-- number (day, source, file, row), because the largest of whole numbers is found far faster than the largest of rows.
with issued as (
    select
        person_id, code_id, max(left(bnf_code, 15)) as sent,
        cast(sum(case when date > cast($as_of as date) - to_months(6) then 1 else 0 end) as integer) as issues_6_months,
        cast(sum(case when date > cast($as_of as date) - to_months(12) then 1 else 0 end) as integer) as issues_12_months,
        cast(count(*) as integer) as issues,
        min(date) as first_date, max(date) as last_date,
        max((
            (coalesce(date - date '0001-01-01', 0)::hugeint * 32768 + source_id) * 2147483648 + file_id
        ) * 1099511627776 + coalesce(source_row, 0)) as last,
        bool_or(
            date is not null and is_repeat
            and coalesce(end_date >= $as_of, coalesce(lower(status), 'active') = 'active')
        ) as on_repeat,
        max(coalesce(end_date, date + $course_days)) filter (where date is not null) as taken_until,
        bit_or(case
            when date > cast($as_of as date) - $days then 1::bigint << (cast($as_of as date) - date) else 0
        end) as recent_days
    from medication
    where date <= $as_of or date is null
    group by person_id, code_id
),

kind as (select distinct code_id, sent from issued),

cleaned as (
    -- BNF codes are cleaned here, once a code. NHSBSA writes them without dots; 4.3.1 is 040301, and 2.5.5.1 is 0205051
    select
        code_id, sent,
        upper(array_to_string(
            list_transform(
                string_split(trim(coalesce(sent, case when system = 'bnf' then code end)), '.'),
                lambda part, place: case when place <= 3 and length(part) = 1 then '0' || part else part end
            ), ''
        )) as bnf
    from kind
    left join code using (code_id)
),

-- a name that says one known substance, and no other, stands in for a code that was not sent
spoken as (
    select code_id, min(substance.chemical) as chemical
    from medicine_name
    left join substance using (name)
    group by code_id
    having count(*) = 1
),

known as (
    select code_id, sent, coalesce(nullif(left(bnf, 9), ''), spoken.chemical) as chemical
    from cleaned
    left join spoken using (code_id)
),

described as (
    -- of the beginnings that fit, the longest says whether repeat items leave the medicine out
    select
        code_id, sent, any_value(chemical) as chemical,
        coalesce(arg_max(excluded, length(exclusion.bnf)), false) as is_left_out
    from known
    left join polypharmacy_exclusion exclusion on starts_with(chemical, exclusion.bnf)
    group by code_id, sent
),

daily as (
    select person_id, day, count(*) as medicines
    from issued
    join (select unnest(range($days)) as day) on (recent_days >> day) & 1 = 1
    group by person_id, day
),

-- the day with most medicines, the latest of several
fullest as (select person_id, arg_max(day, medicines * 64 - day) as day from daily group by person_id)

select
    person_id, issued.code_id, chemical, issues_6_months, issues_12_months, issues, first_date, last_date,
    coalesce(on_repeat, false) as on_repeat,
    coalesce(on_repeat or last_date > cast($as_of as date) - $current_days, false) as is_current,
    -- the bits of reference/find/polypharmacy.yaml
    case when issues_12_months > 0 or on_repeat then 1 else 0 end
    + case when (recent_days >> day) & 1 = 1 then 2 else 0 end
    + case when on_repeat or taken_until >= $as_of then 4 else 0 end
    + case when on_repeat and not is_left_out then 8 else 0 end as counts_for,
    (last >> 71) & 32767 as source_id, (last >> 40) & 2147483647 as file_id,
    nullif(last & 1099511627775, 0) as source_row
from issued
join described on issued.code_id = described.code_id and issued.sent is not distinct from described.sent
left join fullest using (person_id)
