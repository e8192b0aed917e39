-- reads: codelist
select * from codelist order by list_id
