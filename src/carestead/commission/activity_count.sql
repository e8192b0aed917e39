-- commission/activity_count.sql   what was done for the people of one bucket in the 12 months up to $as_of
-- An encounter counts in the month it ended, once however many sources tell of it; a care package counts in each
-- month it runs, in hours where hours are known, else in days. Nobody is named.
-- A provider that an encounter does not name is the source itself, for what such a source does.
with own as (
    select source_id, organisation_code as own_code,
        case kind when 'gp' then ['gp-appointment']
            when 'acute' then ['admission', 'emergency-attendance', 'outpatient']
            when 'community' then ['community-contact']
            when 'mental-health' then ['mental-health-contact']
            when 'social-care' then ['social-care-contact']
            else cast([] as varchar[]) end as does
    from source
),
met as (
    select e.person_id, e.kind, e.method, e.currency, e.start_date, e.length_of_stay, e.source_id,
        coalesce(e.organisation_code, case when list_contains(o.does, e.kind) then o.own_code end) as organisation_code,
        coalesce(e.end_date, case when e.kind <> 'admission' then e.start_date end) as ended,
        coalesce(o.own_code = e.organisation_code, list_contains(o.does, e.kind), false) as by_provider
    from encounter e
    left join own o using (source_id)
    where coalesce(e.attended, true)
),
met_once as (
    select *
    from met
    where ended > $as_of - interval 1 year and ended <= $as_of
    qualify source_id = first_value(source_id) over (
        partition by person_id, kind, coalesce(start_date, ended) order by by_provider desc, source_id
    )
),
month as (
    select greatest(first_day, cast($as_of - interval 1 year as date) + 1) as first_day,
        least(cast(first_day + interval 1 month as date) - 1, $as_of) as last_day
    from (
        select cast(unnest(range(date_trunc('month', $as_of - interval 1 year), $as_of + interval 1 day,
            interval 1 month)) as date) as first_day
    )
    where cast(first_day + interval 1 month as date) > cast($as_of - interval 1 year as date) + 1
),
package as (
    select c.person_id, c.kind, c.provider_code, c.hours_per_week, c.source_id,
        coalesce(c.start_date, date '1890-01-01') as first_day,
        least(coalesce(c.end_date, date '9999-12-31'), coalesce(p.death_date, date '9999-12-31')) as last_day
    from care_package c
    join person p using (person_id)
    left join own o using (source_id)
    qualify c.source_id = first_value(c.source_id) over (
        partition by c.person_id, c.kind, c.start_date
        order by coalesce(o.own_code in (c.funder_code, c.provider_code), false) desc, c.source_id
    )
),
care as (
    select k.person_id, k.kind, k.provider_code, k.hours_per_week, k.first_day as began,
        greatest(k.first_day, m.first_day) as first_day, least(k.last_day, m.last_day) as last_day
    from package k
    join month m on k.first_day <= m.last_day and k.last_day >= m.first_day
),
done as (
    select person_id, kind, coalesce(method, 'unknown') as method, currency, organisation_code as provider_code,
        ended as on_day, 1 as quantity,
        case when kind = 'admission' then coalesce(length_of_stay, ended - start_date) end as bed_days
    from met_once
    union all
    select person_id, kind, null,
        case when kind = 'equipment' then 'item'
            when hours_per_week is not null and kind in ('home-care', 'reablement', 'direct-payment') then 'hour'
            else 'day' end,
        provider_code, last_day,
        case when kind = 'equipment' then cast(began between first_day and last_day as integer)
            when hours_per_week is not null and kind in ('home-care', 'reablement', 'direct-payment')
                then cast(round((last_day - first_day + 1) * hours_per_week / 7) as integer)
            else last_day - first_day + 1 end,
        null
    from care
)
select cast(date_trunc('month', d.on_day) as date) as month, d.provider_code, r.practice_code, d.kind, d.method,
    d.currency,
    case when p.birth_date is null then 'unknown'
        when year(d.on_day) - year(p.birth_date)
            - cast(month(d.on_day) * 100 + day(d.on_day) < month(p.birth_date) * 100 + day(p.birth_date) as integer)
            >= 65 then '65-and-over'
        else 'under-65' end as age_band,
    cast(sum(d.quantity) as bigint) as quantity,
    cast(sum(d.bed_days) as bigint) as bed_days
from done d
join person p using (person_id)
left join registered r on r.person_id = d.person_id and r.start_date <= d.on_day
    and d.on_day < coalesce(r.end_date, date '9999-12-31')
where d.quantity > 0
group by all
