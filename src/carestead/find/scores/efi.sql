-- Electronic Frailty Index: how many of 36 deficits a person has. The record's items are bits already; polypharmacy,
-- the only deficit that can switch off, is counted from medicines by the definition named in reference/scores/efi.yaml.
with recorded as (
    select person_id, cast(sum(bit_count(item_mask.mask & bits.mask)) as integer) as deficits
    from item_mask
    join (select word, bit_or(mask) as mask from efi_bit group by word) bits using (word)
    group by person_id
),

polypharmacy as (
    select person_id, 1 as deficits
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
    select person_id, cast(sum(deficits) as integer) as deficits
    from (from recorded union all from polypharmacy)
    group by person_id
    having sum(deficits) > 0
)

select person_id, 'efi' as score, cast(deficits as double) as value, band
from counted
join efi_band on deficits between lowest and highest
