-- commission/list_count.sql   people registered and alive on the first day of each of the 12 months up to $as_of
with month as (
    select cast(unnest(range(date_trunc('month', $as_of - interval 1 year), $as_of + interval 1 day,
        interval 1 month)) as date) as month
),
listed as (
    select m.month, r.practice_code,
        year(m.month) - year(p.birth_date)
            - cast(month(m.month) * 100 + day(m.month) < month(p.birth_date) * 100 + day(p.birth_date) as integer)
            as age
    from month m
    join registered r on r.start_date <= m.month and m.month < coalesce(r.end_date, date '9999-12-31')
    join person p using (person_id)
    where m.month > $as_of - interval 1 year
)
select l.month, l.practice_code, coalesce(b.age_band, 'unknown') as age_band, cast(count(*) as bigint) as people
from listed l
left join capitation_band b on l.age >= b.from_age and (b.below_age is null or l.age < b.below_age)
group by all
