-- What the model of risk asks about each person alive and registered on $as_of, all of it known by the end of that day:
-- no later record, and no word such as a discharge or a stop that was said of an older record later, changes a column.
with met as (
    select
        person_id,
        sum(attended) filter (where kind = 'outpatient') as outpatient_attended,
        sum(missed) filter (where kind = 'outpatient') as outpatient_missed,
        sum(attended) filter (where kind = 'gp-appointment') as gp_contacts,
        sum(missed) filter (where kind = 'gp-appointment') as gp_missed,
        sum(attended) filter (where kind = 'community-contact') as community_contacts,
        sum(attended) filter (where kind = 'mental-health-contact') as mental_health_contacts
    from meeting_count
    group by person_id
),

visited as (
    select
        person_id,
        count(*) filter (where kind = 'admission' and method = 'emergency') as emergency_admissions_30,
        count(*) filter (where kind = 'emergency-attendance') as emergency_attendances_30
    from hospital_visit
    where start_date > cast($as_of as date) - 30
    group by person_id
),

-- days are counted, not rows, so that a meeting which two suppliers send counts once
lately as (
    select
        person_id,
        count(distinct specialty) filter (where kind = 'outpatient') as outpatient_specialties,
        count(distinct start_date) filter (where kind = 'outpatient' and is_new) as outpatient_attended_30,
        count(distinct start_date) filter (where kind = 'gp-appointment' and is_new) as gp_contacts_30,
        count(distinct start_date) filter (where kind = 'community-contact' and is_new) as community_contacts_30
    from (select *, start_date > cast($as_of as date) - 30 as is_new from encounter)
    where
        start_date > cast($as_of as date) - to_years(1) and start_date <= $as_of and attended is not false
        and kind in ('outpatient', 'gp-appointment', 'community-contact')
    group by person_id
),

taken as (
    select
        person_id,
        count(distinct code_id) as medicines,
        count(distinct code_id) filter (where date > cast($as_of as date) - 90) as medicines_90
    from medication
    where date > cast($as_of as date) - to_years(1) and date <= $as_of
    group by person_id
),

cared as (
    select person_id, 1 as other_care
    from care_package
    where
        kind not in ('home-care', 'residential', 'nursing')
        and start_date <= $as_of and coalesce(end_date >= $as_of, true)
    group by person_id
),

deficit as (
    select
        person_id,
        cast(bool_or(item = 'activity-limitation') as integer) as deficit_activity_limitation,
        cast(bool_or(item = 'anaemia') as integer) as deficit_anaemia,
        cast(bool_or(item = 'arthritis') as integer) as deficit_arthritis,
        cast(bool_or(item = 'atrial-fibrillation') as integer) as deficit_atrial_fibrillation,
        cast(bool_or(item = 'stroke-tia') as integer) as deficit_stroke_tia,
        cast(bool_or(item = 'ckd') as integer) as deficit_ckd,
        cast(bool_or(item = 'diabetes') as integer) as deficit_diabetes,
        cast(bool_or(item = 'dizziness') as integer) as deficit_dizziness,
        cast(bool_or(item = 'dyspnoea') as integer) as deficit_dyspnoea,
        cast(bool_or(item = 'falls') as integer) as deficit_falls,
        cast(bool_or(item = 'foot-problems') as integer) as deficit_foot_problems,
        cast(bool_or(item = 'fragility-fracture') as integer) as deficit_fragility_fracture,
        cast(bool_or(item = 'hearing-loss') as integer) as deficit_hearing_loss,
        cast(bool_or(item = 'heart-failure') as integer) as deficit_heart_failure,
        cast(bool_or(item = 'heart-valve-disease') as integer) as deficit_heart_valve_disease,
        cast(bool_or(item = 'housebound') as integer) as deficit_housebound,
        cast(bool_or(item = 'hypertension') as integer) as deficit_hypertension,
        cast(bool_or(item = 'hypotension') as integer) as deficit_hypotension,
        cast(bool_or(item = 'chd') as integer) as deficit_chd,
        cast(bool_or(item = 'cognitive-problems') as integer) as deficit_cognitive_problems,
        cast(bool_or(item = 'mobility-problems') as integer) as deficit_mobility_problems,
        cast(bool_or(item = 'osteoporosis') as integer) as deficit_osteoporosis,
        cast(bool_or(item = 'parkinsons') as integer) as deficit_parkinsons,
        cast(bool_or(item = 'peptic-ulcer') as integer) as deficit_peptic_ulcer,
        cast(bool_or(item = 'pvd') as integer) as deficit_pvd,
        cast(bool_or(item = 'care-requirement') as integer) as deficit_care_requirement,
        cast(bool_or(item = 'respiratory-disease') as integer) as deficit_respiratory_disease,
        cast(bool_or(item = 'skin-ulcer') as integer) as deficit_skin_ulcer,
        cast(bool_or(item = 'sleep-disturbance') as integer) as deficit_sleep_disturbance,
        cast(bool_or(item = 'social-vulnerability') as integer) as deficit_social_vulnerability,
        cast(bool_or(item = 'thyroid-disorders') as integer) as deficit_thyroid_disorders,
        cast(bool_or(item = 'urinary-incontinence') as integer) as deficit_urinary_incontinence,
        cast(bool_or(item = 'urinary-system-disease') as integer) as deficit_urinary_system_disease,
        cast(bool_or(item = 'vision-problems') as integer) as deficit_vision_problems,
        cast(bool_or(item = 'weight-loss') as integer) as deficit_weight_loss
    from (
        select person_id, item
        from item_mask
        join efi_bit using (word)
        where item_mask.mask & efi_bit.mask <> 0
    )
    group by person_id
)

select
    person_id,
    practice_code,
    age,
    case person.sex when 'female' then 1 when 'male' then 0 end as female,
    person.imd_decile,
    emergency_admissions,
    emergency_bed_days,
    emergency_attendances,
    admissions_elective as elective_admissions,
    coalesce(outpatient_attended, 0) as outpatient_attended,
    coalesce(outpatient_missed, 0) as outpatient_missed,
    coalesce(outpatient_specialties, 0) as outpatient_specialties,
    coalesce(met.gp_contacts, 0) as gp_contacts,
    coalesce(gp_missed, 0) as gp_missed,
    coalesce(community_contacts, 0) as community_contacts,
    coalesce(mental_health_contacts, 0) as mental_health_contacts,
    coalesce(emergency_admissions_30, 0) as emergency_admissions_30,
    coalesce(emergency_attendances_30, 0) as emergency_attendances_30,
    coalesce(outpatient_attended_30, 0) as outpatient_attended_30,
    coalesce(gp_contacts_30, 0) as gp_contacts_30,
    coalesce(community_contacts_30, 0) as community_contacts_30,
    coalesce(medicines, 0) as medicines,
    coalesce(medicines_90, 0) as medicines_90,
    cast(home_care as integer) as home_care,
    cast(care_home as integer) as care_home,
    coalesce(other_care, 0) as other_care,
    coalesce(deficit_activity_limitation, 0) as deficit_activity_limitation,
    coalesce(deficit_anaemia, 0) as deficit_anaemia,
    coalesce(deficit_arthritis, 0) as deficit_arthritis,
    coalesce(deficit_atrial_fibrillation, 0) as deficit_atrial_fibrillation,
    coalesce(deficit_stroke_tia, 0) as deficit_stroke_tia,
    coalesce(deficit_ckd, 0) as deficit_ckd,
    coalesce(deficit_diabetes, 0) as deficit_diabetes,
    coalesce(deficit_dizziness, 0) as deficit_dizziness,
    coalesce(deficit_dyspnoea, 0) as deficit_dyspnoea,
    coalesce(deficit_falls, 0) as deficit_falls,
    coalesce(deficit_foot_problems, 0) as deficit_foot_problems,
    coalesce(deficit_fragility_fracture, 0) as deficit_fragility_fracture,
    coalesce(deficit_hearing_loss, 0) as deficit_hearing_loss,
    coalesce(deficit_heart_failure, 0) as deficit_heart_failure,
    coalesce(deficit_heart_valve_disease, 0) as deficit_heart_valve_disease,
    coalesce(deficit_housebound, 0) as deficit_housebound,
    coalesce(deficit_hypertension, 0) as deficit_hypertension,
    coalesce(deficit_hypotension, 0) as deficit_hypotension,
    coalesce(deficit_chd, 0) as deficit_chd,
    coalesce(deficit_cognitive_problems, 0) as deficit_cognitive_problems,
    coalesce(deficit_mobility_problems, 0) as deficit_mobility_problems,
    coalesce(deficit_osteoporosis, 0) as deficit_osteoporosis,
    coalesce(deficit_parkinsons, 0) as deficit_parkinsons,
    coalesce(deficit_peptic_ulcer, 0) as deficit_peptic_ulcer,
    coalesce(deficit_pvd, 0) as deficit_pvd,
    coalesce(deficit_care_requirement, 0) as deficit_care_requirement,
    coalesce(deficit_respiratory_disease, 0) as deficit_respiratory_disease,
    coalesce(deficit_skin_ulcer, 0) as deficit_skin_ulcer,
    coalesce(deficit_sleep_disturbance, 0) as deficit_sleep_disturbance,
    coalesce(deficit_social_vulnerability, 0) as deficit_social_vulnerability,
    coalesce(deficit_thyroid_disorders, 0) as deficit_thyroid_disorders,
    coalesce(deficit_urinary_incontinence, 0) as deficit_urinary_incontinence,
    coalesce(deficit_urinary_system_disease, 0) as deficit_urinary_system_disease,
    coalesce(deficit_vision_problems, 0) as deficit_vision_problems,
    coalesce(deficit_weight_loss, 0) as deficit_weight_loss
from feature
join person using (person_id, practice_code)
left join met using (person_id)
left join visited using (person_id)
left join lately using (person_id)
left join taken using (person_id)
left join cared using (person_id)
left join deficit using (person_id)
