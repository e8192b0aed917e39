-- reads: encounter, practitioner
-- The share of each enrolled person's GP contacts that were with their named GP, in the days before and after they were
-- enrolled: people with too few contacts in a span have no share.
with enrolled as (
    select unnest($people::integer[]) as person_id, unnest($gps::varchar[]) as gp, unnest($since::date[]) as since
),
gps as (select distinct practitioner_code from practitioner where role = 'gp'),
met as (
    select person_id, e.start_date >= since as afterwards, count(*) as contacts,
        count(*) filter (where practitioner_code = gp) as theirs
    from encounter e join enrolled using (person_id) semi join gps using (practitioner_code)
    where e.kind = 'gp-appointment' and attended is not false and e.start_date <= $as_of
        and e.start_date >= since - $days::integer and e.start_date < since + $days::integer
    group by all
)
select afterwards, 100.0 * theirs / contacts as percent from met where contacts >= $at_least order by all
