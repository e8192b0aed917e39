select i as person_id, practice as practice_code, start, null as "end",
    '' as end_kind from p
