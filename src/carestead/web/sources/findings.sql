-- reads: finding
-- Errors and doubts of the newest run, the worst first.
select code, severity, "where", what, "do", "count" from finding
order by array_position(['error', 'warning', 'information'], severity), code, "count" desc, "where", what
