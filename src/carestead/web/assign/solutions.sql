-- reads: solution
select role, count(*) as pools, sum(people) as people, sum(cost) as cost, sum(bound) as bound, sum(moved) as moved, bool_and(proven) as proven
from solution group by role order by role desc
