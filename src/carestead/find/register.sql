-- The people proposed for the register: the first $share of living, registered adults by points, each with reasons.
-- The rule, its points and why they are as they are: reference/find/register.yaml.
with scored as (
    select
        person_id,
        max(cast(value as integer)) filter (where score = 'efi') as deficits,
        max(band) filter (where score = 'efi') as efi_band,
        max(value) filter (where score = 'hfrs') as hfrs,
        max(band) filter (where score = 'hfrs') as hfrs_band
    from score
    group by person_id
),

-- what a clinician has said no to, or not yet, is not asked again in this run
answered as (
    select person_id from decision where kind = 'declined' or (kind = 'deferred' and until > $as_of)
),

adult as (
    select feature.*, coalesce(deficits, 0) as deficits, efi_band, coalesce(hfrs, 0) as hfrs, hfrs_band,
        age >= $frailty_from_age as is_older
    from feature
    left join scored using (person_id)
    where age >= $from_age and person_id not in (select person_id from answered)
),

pointed as (
    select
        *,
        deficits * $deficit as deficit_points,
        case
            when not is_older then 0
            when hfrs_band = 'high' then $hfrs_high
            when hfrs_band = 'intermediate' then $hfrs_intermediate
            else 0
        end as hfrs_points,
        least(emergency_admissions, $most_admissions) * $admission as admission_points,
        least(emergency_attendances, $most_attendances) * $attendance as attendance_points,
        case when care_home then $care_home_points when home_care then $home_care_points else 0 end as care_points
    from adult
),

ranked as (
    select
        *,
        deficit_points + hfrs_points + admission_points + attendance_points + care_points as priority,
        row_number() over (
            order by priority desc, deficits desc, hfrs desc, emergency_admissions desc, emergency_bed_days desc, person_id
        ) as rank
    from pointed
),

chosen as (
    -- half a person is rounded up, in whole numbers
    select * from ranked
    where priority > 0 and rank <= (select (count(*) * $share_per_mille * 2 + 1000) // 2000 from adult)
),

said as (
    -- each reason with its points, so that the most telling comes first; the number breaks ties
    select *, [
        {'points': -deficit_points, 'number': 1, 'words': case
            when deficits = 0 then null
            when not is_older then
                deficits || if(deficits = 1, ' long-term problem', ' long-term problems') || ' of the 36 of the eFI'
            when efi_band = 'fit' then deficits || ' of 36 deficits (eFI), fit'
            else upper(left(efi_band, 1)) || substr(efi_band, 2) || ' frailty: ' || deficits || ' of 36 deficits (eFI)'
        end},
        {'points': -hfrs_points, 'number': 2, 'words': case
            when hfrs_points > 0 then printf('Hospital frailty score %.1f, ', hfrs) || hfrs_band
        end},
        {'points': -admission_points, 'number': 3, 'words': case
            when emergency_admissions > 0 then
                emergency_admissions || if(emergency_admissions = 1, ' emergency admission', ' emergency admissions')
                || ' in the last year, ' || emergency_bed_days || if(emergency_bed_days = 1, ' night', ' nights')
        end},
        {'points': -attendance_points, 'number': 4, 'words': case
            when emergency_attendances > 0 then
                emergency_attendances || if(emergency_attendances = 1, ' A&E attendance', ' A&E attendances')
                || ' in the last year'
        end},
        {'points': -care_points, 'number': 5, 'words': case
            when care_home then 'Lives in a care home' when home_care then 'Has home care'
        end}
    ] as reasons_given
    from chosen
)

select
    person_id,
    cast(rank as integer) as rank,
    $rule as rule,
    cast(priority as double) as priority,
    array_to_string(
        list_transform(list_sort(list_filter(reasons_given, lambda r: r.words is not null)), lambda r: r.words), '; '
    ) as reasons,
    practice_code
from said
