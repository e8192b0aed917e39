-- reads: sudden_entry
-- What happened lately to people, the newest first.
select person_id, entry, because from sudden_entry
where person_id in (select unnest($people::integer[]))
order by since desc, entry
