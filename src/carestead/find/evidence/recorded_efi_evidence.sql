-- The record that each index worked out elsewhere was read from: its points are the index.
select
    person_id, score, 'recorded' as item, code_id, date, date as last_date, 1 as times, sent as value,
    case when is_latest then value else 0 end as points,
    'event' as origin, source_id, file_id, source_row
from recorded_index
