-- reads: need
select distinct person_id from need where need = $need
