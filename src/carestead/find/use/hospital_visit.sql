-- Stays in hospital and days at an emergency department up to $as_of, each once. Rows that begin on one day are one; so
-- are stays that overlap, and a chain of transfers. How that is read, and why: docs/clarifications.md.
with leg as (
    select
        person_id, kind, start_date,
        coalesce(max(method) filter (where method = 'emergency'), min(method)) as method,
        max({
            'end_date': greatest(start_date, ended), 'specialty': coalesce(specialty, ''),
            'destination': coalesce(discharge_destination, '')
        }) filter (where ended <= $as_of) as last,
        cast(count(*) as integer) as times,
        min({'source_id': source_id, 'file_id': file_id, 'source_row': coalesce(source_row, -1)}) as first
    from (
        select *, coalesce(end_date, start_date + length_of_stay) as ended
        from encounter
        where kind in ('admission', 'emergency-attendance') and attended is not false and start_date <= $as_of
    )
    group by person_id, kind, start_date
),

-- a stay of which no end was sent ended at the latest when the next began; the last of them goes on
until as (
    select
        *,
        coalesce(
            last.end_date, lead(start_date) over (partition by person_id order by start_date), date '9999-12-31'
        ) as end_date
    from leg
    where kind = 'admission'
),

followed as (
    select
        *,
        max(end_date) over before as before_end,
        lag(last.destination) over (partition by person_id order by start_date) as before_destination
    from until
    window before as (
        partition by person_id order by start_date rows between unbounded preceding and 1 preceding
    )
),

chained as (
    select
        *,
        count(*) filter (
            where before_end is null or start_date > before_end + 1 or (
                start_date >= before_end
                and coalesce(method, '') <> 'transfer' and coalesce(before_destination, '') <> 'other-hospital'
            )
        ) over (partition by person_id order by start_date) as stay
    from followed
),

stay as (
    select
        person_id, min(start_date) as start_date, nullif(max(end_date), date '9999-12-31') as end_date,
        arg_min(method, start_date) as method,
        max({'end_date': end_date, 'start_date': start_date, 'last': last}).last as last,
        cast(sum(times) as integer) as times, min({'start_date': start_date, 'first': first}).first as first
    from chained
    group by person_id, stay
),

visit as (
    select person_id, 'admission' as kind, start_date, end_date, method, last, times, first from stay
    union all
    select
        person_id, kind, start_date, coalesce(last.end_date, start_date) as end_date, method, last, times, first
    from leg
    where kind = 'emergency-attendance'
)

select
    person_id, kind, start_date, end_date,
    coalesce(end_date, cast($as_of as date)) - start_date as nights,
    method, nullif(last.specialty, '') as specialty, nullif(last.destination, '') as discharge_destination, times,
    first.source_id as source_id, first.file_id as file_id, nullif(first.source_row, -1) as source_row
from visit
