-- The ingredients behind each anticholinergic burden, each with the medicine last prescribed that holds it.
select
    person_id, score, ingredient as item, code_id, first_date as date, last_date, issues as times,
    cast(null as double) as value, points, 'medication' as origin, source_id, file_id, source_row
from anticholinergic
