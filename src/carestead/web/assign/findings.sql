-- reads: finding
select code, severity, "where", what, "do", "count" from finding
where starts_with(code, 'assign.')
order by array_position(['error', 'warning', 'information'], severity), code, "where", what
