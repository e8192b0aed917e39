-- OPCS-4 codes of procedures; the order within an encounter is the order of the dates, then of the file.
select p.source_person_id, p.date, 'opcs4' as code_system, opcs4_code(p.operation.code) as code,
    coalesce(p.operation.display, p.code_display) as code_display,
    case when p.source_encounter_key is not null
         then row_number() over (partition by p.source_encounter_key order by p.date, p.source_file, p.source_row) end
        as position,
    p.source_encounter_key, p.source_row_key, p.source_row, p.source_file
from good_Procedure p
where p.operation.code is not null
