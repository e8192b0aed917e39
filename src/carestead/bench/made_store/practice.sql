select distinct practice as practice_code, practice as name, team as group_code from p
