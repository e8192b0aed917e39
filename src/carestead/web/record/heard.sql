-- reads: patient, source, event, medication, encounter
-- What the record holds of the person at all: which kinds of source know them, the newest of each kind of fact.
select
    (select list(distinct kind order by kind) from patient join source using (source_id) where person_id = $person_id)
        as kinds,
    (select max(date) from event where person_id = $person_id and value is not null and date <= $as_of) as measured,
    (select max(date) from medication where person_id = $person_id and date <= $as_of) as medicine,
    (select max(start_date) from encounter where person_id = $person_id and start_date <= $as_of and attended is not false)
        as met
