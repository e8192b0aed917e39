-- Electronic Frailty Index: how many of 36 deficits a person has. The record's items are bits already; polypharmacy,
-- the only deficit that can switch off, is counted from medicines by the definition named in reference/scores/efi.yaml.
with recorded as (
    select person_id, cast(sum(bit_count(item_mask.mask & bits.mask)) as integer) as deficits
    from item_mask
    join (select word, bit_or(mask) as mask from efi_bit group by word) bits using (word)
    group by person_id
),

counted as (
    select person_id, cast(sum(deficits) as integer) as deficits
    from (
        from recorded
        union all
        select person_id, 1 from medicine_count where definition = $definition and is_polypharmacy
    )
    group by person_id
    having sum(deficits) > 0
)

select person_id, 'efi' as score, cast(deficits as double) as value, band
from counted
join efi_band on deficits between lowest and highest
