-- reads: ledger_entry
-- Who held which role for whom, from when to when: an entry holds until the next of the person and role.
select * from (
    select id, person_id, role, seq, start, holder_code, basis, hand_over_id,
        coalesce(lead(start) over following, timestamp 'infinity') as until,
        lag(holder_code) over following as earlier_holder, lag(seq) over following as earlier_seq
    from ledger_entry
    where start <= $at
    window following as (partition by person_id, role order by seq, start)
)
