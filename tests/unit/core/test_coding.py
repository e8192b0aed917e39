"""Coding systems as types: shapes, check digits, and no mixing."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from carestead.core.check_digit import verhoeff
from carestead.core.coding import SYSTEMS, Code, Codes, icd10_code, system
from carestead.core.finding import UsageError

# SNOMED CT: concept identifiers of the International and of the UK Edition.
CONCEPTS = ["73211009", "404684003", "447741000000101", "1239511000000100", "138875005"]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("snomed", CONCEPTS),
        ("dmd", ["319740004", "322236009"]),
        ("icd10", ["I10", "I10X", "F00.0", "s72.0", "I25.1†", "E11.9D", "M8199"]),
        ("opcs4", ["W37.1", "W371", "u07"]),
        ("ctv3", ["XE1DV", "N040.", "14G..", "Xa8Jx", "Y1259"]),
        ("readv2", ["C10..", "14G1.", "13CA."]),
        ("bnf", ["05", "0503", "05.03.01", "0212000B0", "0212000B0AA", "0212000B0AAABAB"]),
        ("loinc", ["8480-6", "2160-0"]),
        ("cvx", ["140"]),
    ],
)
def test_codes_of_a_system_have_no_fault(name, codes):
    assert [c for c in codes if system(name).fault(c)] == []


@pytest.mark.parametrize(
    ("name", "code", "why"),
    [
        ("snomed", "73211008", "wrong check digit"),
        ("snomed", "4.47741E+14", "made a number by a spreadsheet"),
        ("snomed", "73211009.0", "made a number by a spreadsheet"),
        ("snomed", "1239511000000000", "a spreadsheet keeps 15 digits"),
        ("snomed", "C10..", "is not SNOMED CT"),
        ("snomed", "F000", "is not SNOMED CT"),
        ("snomed", "12345", "6 to 18 digits"),
        ("snomed", "2694002014", "wrong check digit"),
        ("snomed", "754786014", "description or relationship"),
        ("icd10", "73211009", "is not ICD-10"),
        ("icd10", "I20-I25", "is not ICD-10"),
        ("ctv3", "C10E.00", "two digits of a term"),
        ("readv2", "C10", "its dots at the end"),
        ("readv2", "1463", "noughts before it"),
        ("ctv3", "C.10.", "is not CTV3"),
        ("bnf", "503", "lost the nought"),
        ("loinc", "8480-7", "wrong check digit"),
    ],
)
def test_what_is_no_code_of_the_system_says_why(name, code, why):
    assert why in system(name).fault(code)


@given(st.sampled_from(CONCEPTS), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(code, place, more):
    assume(place < len(code))
    wrong = code[:place] + str((int(code[place]) + more) % 10) + code[place + 1 :]
    assert verhoeff(code)
    assert not verhoeff(wrong)


@given(st.sampled_from(CONCEPTS), st.integers(0, 16))
def test_two_digits_changed_round_are_always_seen(code, place):
    assume(place + 1 < len(code) and code[place] != code[place + 1])
    assert not verhoeff(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("F00.0", "F000"), (" s72.0 ", "S720"), ("I10X", "I10"), ("I10XD", "I10"), ("F00.1D", "F001"), ("F00†", "F00")],
)
def test_icd10_is_kept_without_dots_fillers_and_marks(sent, kept):
    assert icd10_code(sent) == kept


def test_an_unknown_system_is_answered_with_those_there_are():
    with pytest.raises(UsageError, match="There are: snomed, icd10"):
        system("icd11")


def test_codes_of_one_system_are_sets():
    one, other = Codes("ctv3", frozenset({"a", "b"})), Codes("ctv3", frozenset({"b", "c"}))
    assert (one & other).values == {"b"}
    assert (one | other).values == {"a", "b", "c"}
    assert (one - other).values == {"a"}
    assert Code("ctv3", "a") in one
    assert Code("ctv3", "a") != Code("ctv3", "b")
    assert len({Code("ctv3", "a"), Code("ctv3", "a")}) == 1


@pytest.mark.parametrize(
    "mix",
    [
        lambda: Code("snomed", "F03") == Code("icd10", "F03"),
        lambda: Codes("snomed", frozenset()) & Codes("icd10", frozenset()),
        lambda: Codes("snomed", frozenset()) | Codes("icd10", frozenset()),
        lambda: Codes("snomed", frozenset()) - Codes("icd10", frozenset()),
        lambda: Code("icd10", "F03") in Codes("snomed", frozenset({"F03"})),
    ],
)
def test_mixing_systems_fails_at_once(mix):
    with pytest.raises(UsageError, match="cannot be compared"):
        mix()


def test_every_system_says_what_it_looks_like():
    assert all(s.looks and s.uris for s in SYSTEMS.values())
