select i as person_id, case when i = 20 then date '2026-03-20' end as death_date from p
