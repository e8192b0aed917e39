-- reads: need
-- What could still help people, what helps most first.
select person_id, need, points, since, because, action from need
where person_id in (select unnest($people::integer[]))
order by person_id, points desc, since, need
