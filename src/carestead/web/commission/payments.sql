-- reads: payment_line
select rule, provider_code, practice_code, item, sum(quantity) as quantity, sum(amount_pence)::bigint as amount_pence
from payment_line group by all order by all
