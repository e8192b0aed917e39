-- The parts of LACE at a person's last discharge: length of stay, acute admission, comorbidity, emergency visits.
with coded as (
    select code_id, item as comorbidity, points, under
    from (
        select code_id, coalesce(worse, item) as item
        from icd10_group
        left join lace_worse on mild = item and starts_with(icd10, prefix)
        where map = $map
    )
    join lace_weight using (item)
),

recorded as (
    -- diagnoses of the stay itself and of the years before its end
    select
        diagnosis.person_id, comorbidity, any_value(points) as points, any_value(under) as under,
        min(date) as date, max(date) as last_date, cast(count(*) as integer) as times,
        min({
            'date': date, 'code_id': code_id, 'source_id': diagnosis.source_id, 'file_id': diagnosis.file_id,
            'source_row': coalesce(diagnosis.source_row, -1)
        }) as first
    from diagnosis
    join coded using (code_id)
    join discharge using (person_id)
    where date > end_date - to_years($comorbidity_years) and date <= end_date
    group by diagnosis.person_id, comorbidity
),

comorbid as (
    -- of two degrees of one disease the worse alone counts
    select * from recorded mild
    where not exists (
        select 1 from recorded worse where worse.person_id = mild.person_id and worse.comorbidity = mild.under
    )
),

weighed as (
    select person_id, cast(sum(points) as integer) as total from comorbid group by person_id
),

uncoded as (
    select person_id from discharge
    where not exists (
        select 1 from diagnosis
        where
            diagnosis.person_id = discharge.person_id
            and date > end_date - to_years($comorbidity_years) and date <= end_date
    )
),

part as (
    select
        person_id, 'length-of-stay' as item, null as code_id, start_date as date, end_date as last_date, null as times,
        nights as value, lace_point.points, 'encounter' as origin, source_id, file_id, source_row
    from discharge
    join lace_point on part = 'length-of-stay' and nights between lowest and highest
    union all
    select
        person_id, 'acute-admission' || if(method = 'emergency', '', '-not-known'), null, start_date, null, null, null,
        if(method = 'emergency', $acute, 0), 'encounter', source_id, file_id, source_row
    from discharge
    where method <> 'elective'
    union all
    select
        person_id, comorbidity, first.code_id, date, last_date, times, null, points, 'diagnosis', first.source_id,
        first.file_id, nullif(first.source_row, -1)
    from comorbid
    union all
    -- the weights are added up to three; from four on the part is worth five, which this row makes up
    select
        person_id, 'comorbidity-of-four-or-more', null, null, null, null, total, lace_point.points - total, 'diagnosis',
        null, null, null
    from weighed
    join lace_point on part = 'comorbidity' and total between lowest and highest
    where total <> lace_point.points
    union all
    select person_id, 'comorbidity-not-known', null, null, null, null, null, 0, 'diagnosis', null, null, null
    from uncoded
    union all
    select
        person_id, 'emergency-visits', null, first_visit, last_visit, emergency_visits, emergency_visits,
        lace_point.points, 'encounter', null, null, null
    from discharge
    join lace_point on part = 'emergency-visits' and emergency_visits between lowest and highest
    where emergency_visits > 0
)

select 'lace' as score, * from part
