-- Electronic Frailty Index: how many of 36 deficits a person has, one bit a deficit.
-- One pass over events, reading three columns; bits gathered with bit_or need no list of distinct deficits.
with coded as (
    -- a code may belong to several deficits: its mask has a bit for each
    select code_id, bit_or(cast(1 as bigint) << deficit) as mask
    from code
    join efi_code using (system, code)
    group by code_id
),

recorded as (
    -- a deficit is on from its first code and stays on. An undated fact counts: it is in the record.
    select person_id, bit_or(mask) as mask
    from event
    join coded using (code_id)
    where date <= $as_of or date is null
    group by person_id
),

polypharmacy as (
    -- the only deficit that can switch off: the definition is named in reference/scores/efi.yaml
    select person_id, cast(1 as bigint) << $polypharmacy_deficit as mask
    from medication
    where
        date <= $as_of
        and (
            date > cast($as_of as date) - to_months($months)
            or (is_repeat and coalesce(end_date >= $as_of, coalesce(lower(status), 'active') = 'active'))
        )
    group by person_id
    having count(distinct code_id) >= $medicines
),

counted as (
    select person_id, cast(bit_count(bit_or(mask)) as integer) as deficits
    from (from recorded union all from polypharmacy)
    group by person_id
)

select person_id, 'efi' as score, cast(deficits as double) as value, band
from counted
join efi_band on deficits between lowest and highest
