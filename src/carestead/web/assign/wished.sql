-- reads: wish
select person_id, kind, value, said_on from wish order by person_id, kind, said_on, value
