-- Medication: makes no row of its own; medicines that refer to it take its code.
select carestead_row, carestead_file, id as resource_id,
    case when resourceType is distinct from 'Medication' then 'type.other' else 'ignored' end as problem,
    code as concept
from resource
