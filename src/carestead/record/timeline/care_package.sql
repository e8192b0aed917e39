-- One person's rows of care_package.
select * from care_package where person_id = $person_id
