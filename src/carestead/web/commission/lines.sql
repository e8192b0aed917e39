-- reads: payment_line
-- What one rule pays for one practice, added up over the year; the example is a month of at least five, explained.
select item, provider_code, sum(quantity) as quantity, sum(amount_pence)::bigint as amount_pence, count(*) as months,
    min(unit_price_pence) as price_from, max(unit_price_pence) as price_to,
    arg_max(explanation, month) filter (where quantity >= 5) as example,
    max(month) filter (where quantity >= 5) as example_month
from payment_line
where rule = $rule and coalesce(practice_code, '') = $practice
group by all
order by amount_pence desc, item, provider_code
