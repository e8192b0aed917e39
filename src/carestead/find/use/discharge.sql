-- The last stay in hospital that ended in the $within_days days up to $as_of, with the hospital visits before it.
with latest as (
    select hospital_visit.*
    from hospital_visit
    join person using (person_id)
    where
        kind = 'admission' and coalesce(method, '') <> 'maternity'
        and end_date > cast($as_of as date) - to_days($within_days)
        and (death_date is null or death_date > $as_of)
    qualify row_number() over (partition by person_id order by end_date desc, start_date desc) = 1
),

home as (
    -- who died, or went to a hospital that has sent nothing of it, has not been discharged
    select * from latest where coalesce(discharge_destination, '') not in ('died', 'other-hospital')
),

visited as (
    -- an attendance that ended on the day of admission led to it, whenever it began
    select home.person_id, visit.kind, visit.start_date
    from home
    join hospital_visit visit on visit.person_id = home.person_id and visit.start_date < home.start_date
    where
        (
            visit.kind = 'emergency-attendance' and visit.end_date < home.start_date
            and visit.start_date >= home.start_date - to_months($visit_months)
        )
        or (visit.kind = 'admission' and visit.start_date >= home.start_date - to_months($admission_months))
),

before as (
    select
        person_id,
        count(*) filter (where kind = 'emergency-attendance') as emergency_visits,
        min(start_date) filter (where kind = 'emergency-attendance') as first_visit,
        max(start_date) filter (where kind = 'emergency-attendance') as last_visit,
        count(*) filter (where kind = 'admission') as admissions,
        min(start_date) filter (where kind = 'admission') as first_admission,
        max(start_date) filter (where kind = 'admission') as last_admission
    from visited
    group by person_id
)

select
    home.* replace (coalesce(method, 'unknown') as method), coalesce(emergency_visits, 0) as emergency_visits, first_visit, last_visit,
    coalesce(admissions, 0) as admissions, first_admission, last_admission
from home
left join before using (person_id)
