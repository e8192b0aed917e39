-- reads: encounter, care_package
-- People an organisation has cared for in the last two years.
select distinct person_id from encounter
where organisation_code = $organisation and start_date > $as_of - interval 2 year
union
select distinct person_id from care_package
where $organisation in (provider_code, funder_code) and (end_date is null or end_date > $as_of - interval 2 year)
