-- What each record shows of every code list: one bit an item, gathered in one pass over events.
with coded as (
    -- the code table is small: a code's items become one mask a window, with the window's first and last day. An
    -- undated fact counts as a very old one: it is in the record, and says nothing of the last years.
    select code_id, word, since, until, bit_or(mask) as mask
    from (
        select
            code_id, word, mask,
            case when within_years is null then date '0001-01-01'
                else cast(cast($as_of as date) - to_years(within_years) as date) end as since,
            case when until_years is null then cast($as_of as date)
                else cast(cast($as_of as date) - to_years(until_years) as date) end as until
        from code
        join item_code using (system, code)
    )
    group by code_id, word, since, until
),

recorded as (
    select person_id, word, bit_or(mask) as mask
    from event
    join coded using (code_id)
    where coalesce(date, date '0001-01-02') > since and coalesce(date, date '0001-01-02') <= until
    group by person_id, word
),

limits as (
    select code_id, word, mask, unit, sex, above, below, lowest, highest
    from code
    join value_rule using (system, code)
),

measured as (
    -- a value says it when it lies outside a rule's limits, in a unit the rule knows, and is humanly possible
    select person_id, word, bit_or(mask) as mask
    from event
    join limits on event.code_id = limits.code_id and limits.unit = lower(coalesce(event.unit, ''))
    join person using (person_id)
    where
        value between lowest and highest
        and (above is null or value > above) and (below is null or value < below)
        and (limits.sex is null or limits.sex = person.sex)
        and (date <= $as_of or date is null)
    group by person_id, word
)

select person_id, word, bit_or(mask) as mask
from (from recorded union all from measured)
group by person_id, word
