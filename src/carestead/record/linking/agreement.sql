-- Macros: when two given names, or two dates of birth, are plainly not the same with a slip.
create or replace temp macro given_differs(a_given, a_all, a_formal, a_family, b_given, b_all, b_formal, b_family) as
    coalesce(not (
        a_formal = b_formal
        or jaro_winkler_similarity(a_given, b_given) >= 0.8
        or contains(a_all, b_given) or contains(b_all, a_given)
        or left(a_given, 1) = left(b_given, 1) and least(length(a_given), length(b_given)) = 1
        or jaro_winkler_similarity(a_given, coalesce(b_family, '')) >= 0.9
        or jaro_winkler_similarity(b_given, coalesce(a_family, '')) >= 0.9
        or list_sort(string_split(a_given, '')) = list_sort(string_split(b_given, ''))
    ), false);

create or replace temp macro dob_differs(a, b) as
    coalesce(damerau_levenshtein(a, b) > 2 and left(a, 4) <> left(b, 4), false)
