-- reads: payment_line
select min(month) as first, max(month) as last from payment_line
