-- The records handed in, with every column the linking knows; those they lack are empty.
create or replace temp view link_all as
select * from (
    select null::smallint as source_id, null::varchar as source_person_id, null::varchar as nhs_number,
           null::varchar as family_name, null::varchar as given_name, null::varchar as birth_date,
           null::varchar as sex, null::varchar as address, null::varchar as town, null::varchar as postcode,
           null::varchar as phone, null::varchar as email, null::varchar as other
    where false
)
union all by name
select * from link_input
