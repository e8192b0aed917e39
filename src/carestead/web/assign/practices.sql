-- reads: practice
select practice_code, name, group_code, list_size, gps, gp_sessions from practice order by name, practice_code
