-- Practitioners of whom no role is known: their role is 'other'.
select source_row_key, practitioner_code, name, 'other' as role, sex, birth_year, source_row, source_file
from good_Practitioner
where practitioner_code not in (select practitioner_code from good_PractitionerRole where practitioner_code is not null)
