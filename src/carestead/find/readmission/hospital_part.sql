-- The parts of the HOSPITAL score at a person's last discharge.
with lab as (
    select code_id, item, unit, lowest, highest, below, points
    from code
    join hospital_lab using (system, code)
),

measured as (
    -- the last value of the stay that is humanly possible; of several on its day the last sent
    select
        event.person_id, item,
        max({
            'date': date, 'file_id': event.file_id, 'source_row': coalesce(event.source_row, -1),
            'source_id': event.source_id, 'code_id': code_id, 'value': value, 'points': if(value < below, points, 0)
        }) as last,
        cast(count(*) as integer) as times
    from event
    join lab using (code_id)
    join discharge on discharge.person_id = event.person_id and date between start_date and discharge.end_date
    where
        lab.unit = lower(coalesce(event.unit, '')) and value between lowest and highest
        -- a fact dated back was not known before it was written down
        and (recorded_date is null or recorded_date <= $as_of)
    group by event.person_id, item
),

operated as (
    select
        procedure.person_id, min(date) as date, max(date) as last_date, cast(count(*) as integer) as times,
        min({
            'date': date, 'position': coalesce(position, 99), 'code_id': code_id, 'source_id': procedure.source_id,
            'file_id': procedure.file_id, 'source_row': coalesce(procedure.source_row, -1)
        }) as first
    from procedure
    join discharge on discharge.person_id = procedure.person_id and date between start_date and end_date
    group by procedure.person_id
),

part as (
    select
        discharge.person_id, wanted.item || if(last is null, '-not-known', '') as item, last.code_id as code_id,
        last.date as date, null as last_date, times, last.value as value, coalesce(last.points, 0) as points,
        'event' as origin, last.source_id as source_id, last.file_id as file_id,
        nullif(last.source_row, -1) as source_row
    from discharge
    cross join (select distinct item from hospital_lab) wanted
    left join measured on measured.person_id = discharge.person_id and measured.item = wanted.item
    union all
    select
        person_id, 'oncology-service' || if(specialty is null, '-not-known', ''), null, end_date, null, null, null,
        if(specialty is null, 0, $oncology_points), 'encounter', source_id, file_id, source_row
    from discharge
    where specialty is null or specialty in (select specialty from oncology)
    union all
    select
        person_id, 'procedure', first.code_id, date, last_date, times, null, $procedure_points, 'procedure',
        first.source_id, first.file_id, nullif(first.source_row, -1)
    from operated
    union all
    select
        person_id, 'urgent-admission' || if(method = 'emergency', '', '-not-known'), null, start_date, null, null, null,
        if(method = 'emergency', $urgent_points, 0), 'encounter', source_id, file_id, source_row
    from discharge
    where method <> 'elective'
    union all
    select
        person_id, 'admissions-before', null, first_admission, last_admission, admissions, admissions,
        hospital_point.points, 'encounter', null, null, null
    from discharge
    join hospital_point on part = 'admissions-before' and admissions between lowest and highest
    where admissions > 0
    union all
    select
        person_id, 'length-of-stay', null, start_date, end_date, null, nights, hospital_point.points, 'encounter',
        source_id, file_id, source_row
    from discharge
    join hospital_point on part = 'length-of-stay' and nights between lowest and highest
)

select 'hospital' as score, * from part
