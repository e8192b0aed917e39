-- reads: patient, source
-- Name and address to write to: the practice's word before others', then the newest file's.
select distinct on (person_id) person_id, family_name, given_name, address, postcode
from patient join source using (source_id)
where person_id in (select unnest($people::integer[]))
order by person_id, kind = 'gp' desc, address is null, file_id desc, source_row
