-- Measured values that say an item by a rule on values: beyond a limit, or the best of the last so many days below one.
with limits as (
    select code_id, number, word, mask, unit, sex, above, below, best_of_last, lowest, highest
    from code
    join value_rule using (system, code)
),

listed as (
    -- the values that are beyond a limit in some unit: most are not, and are left at once, unless a rule compares the
    -- last values
    select
        code_id,
        min(coalesce(
            above, case when below is null or best_of_last is not null then '-infinity'::double end
        )) as above,
        max(coalesce(below, case when above is null then 'infinity'::double end)) as below
    from limits
    group by code_id
),

hit as materialized (
    select person_id, date, code_id, value, unit, source_id, file_id, source_row
    from event
    join listed using (code_id)
    where
        (date is null or date <= $as_of)
        -- a fact dated back was not known before it was written down
        and (recorded_date is null or recorded_date <= $as_of)
        and (value > above or value < below)
),

valued as materialized (
    -- a value counts when it lies outside a rule's limits, in a unit the rule knows, and is humanly possible; for a
    -- rule on the last values the others are wanted too, in parts of its limit
    select hit.*, number, word, mask, sex, best_of_last, value / limits.below as part
    from hit
    join limits on hit.code_id = limits.code_id and limits.unit = lower(coalesce(hit.unit, ''))
    where
        value between lowest and highest
        and case
            when best_of_last is not null then date is not null
            else (limits.above is null or value > limits.above) and (limits.below is null or value < limits.below)
        end
),

-- the last so many days with a value, of people who have one below the limit at all
dated as (
    select *, dense_rank() over (partition by person_id, number order by date desc) as day
    from valued
    where best_of_last is not null and person_id in (select person_id from valued where part < 1)
)

select person_id, number, word, mask, date, code_id, value, source_id, file_id, source_row
from valued
left join person using (person_id)
where best_of_last is null and (valued.sex is null or valued.sex = person.sex)
union all
select person_id, number, word, mask, date, code_id, value, source_id, file_id, source_row
from dated
where day <= best_of_last
qualify max(part) over (partition by person_id, number) < 1
