-- reads: finding
-- What keeps a list from finding anybody.
select what, "do" from finding where code in ('codelist.none', 'codelist.system') order by "where"
