-- reads: patient, source
select coalesce(s.title, s.name) as source, p.address, p.postcode, p.phone
from patient p join source s using (source_id)
where p.person_id = $person_id
order by s.kind = 'gp' desc, source
