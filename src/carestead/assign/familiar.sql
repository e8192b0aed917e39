-- The clinicians whom people on the register know.
select person_id, practitioner_code, contacts
from contact_count
semi join register_entry using (person_id)
