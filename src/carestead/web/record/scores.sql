-- reads: score, evidence
select s.score, s.value, s.band, count(e.person_id) as rows_behind
from score s left join evidence e on e.person_id = s.person_id and e.score = s.score
where s.person_id = $person_id
group by all order by s.score
