-- One person's rows of patient.
select * from patient where person_id = $person_id
