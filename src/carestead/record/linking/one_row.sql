-- One row a source's record: of several rows with one id, each column's largest value.
create or replace temp table link_one as
select source_id, source_person_id, max(nhs_number) as nhs_number, max(family_name) as family_name,
       max(given_name) as given_name, max(birth_date) as birth_date, max(sex) as sex, max(address) as address,
       max(town) as town, max(postcode) as postcode, max(phone) as phone, max(email) as email, max(other) as other
from link_all
group by source_id, source_person_id
