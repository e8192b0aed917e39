-- What each record shows of every code list: one bit an item, gathered in one pass over events.
with limits as (
    select code_id, number, word, mask, unit, sex, above, below, best_of_last, lowest, highest
    from code
    join value_rule using (system, code)
),

listed as (
    -- the code table is small: a code's items become one mask a window, with the window's first and last day. An
    -- undated fact counts as a very old one: it is in the record, and says nothing of the last years.
    select code_id, word, since, until, bit_or(mask) as mask, null as above, null as below
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
    union all
    -- of a measurement: the values that are beyond a limit in some unit. Most are not, and are left at once, unless a
    -- rule compares the last values.
    select
        code_id, null as word, date '0001-01-01' as since, cast($as_of as date) as until, null as mask,
        min(coalesce(
            above, case when below is null or best_of_last is not null then '-infinity'::double end
        )) as above,
        max(coalesce(below, case when above is null then 'infinity'::double end)) as below
    from limits
    group by code_id
),

hit as materialized (
    select person_id, date, code_id, word, mask, value, unit
    from event
    join listed using (code_id)
    where
        coalesce(date, date '0001-01-02') > since and coalesce(date, date '0001-01-02') <= until
        -- a fact dated back was not known before it was written down
        and (recorded_date is null or recorded_date <= $as_of)
        and (mask is not null or value > above or value < below)
),

valued as materialized (
    -- a value counts when it lies outside a rule's limits, in a unit the rule knows, and is humanly possible; for a
    -- rule on the last values the others are wanted too, in parts of its limit
    select
        person_id, date, number, limits.word, limits.mask, sex, best_of_last, value / below as part
    from hit
    join limits on hit.code_id = limits.code_id and limits.unit = lower(coalesce(hit.unit, ''))
    where
        hit.mask is null and value between lowest and highest
        and case
            when best_of_last is not null then date is not null
            else (limits.above is null or value > limits.above) and (limits.below is null or value < limits.below)
        end
),

measured as (
    select person_id, word, mask
    from valued
    left join person using (person_id)
    where best_of_last is null and (valued.sex is null or valued.sex = person.sex)
),

-- the last so many days with a value, of people who have one below the limit at all
dated as (
    select *, dense_rank() over (partition by person_id, number order by date desc) as day
    from valued
    where best_of_last is not null and person_id in (select person_id from valued where part < 1)
),

recent as (
    select person_id, word, mask from dated where day <= best_of_last group by person_id, word, mask having max(part) < 1
)

select person_id, word, bit_or(mask) as mask
from (select person_id, word, mask from hit where mask is not null union all from measured union all from recent)
group by person_id, word
