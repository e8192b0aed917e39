"""Groups of medicines are counted by BNF section, or by the words of a name where no BNF code is sent."""

import pytest
from tests.spec.find.medicines.taken import AS_OF, HISTORY, taken

from carestead.find.medicines import ingredients, prescribed
from carestead.reference import load

STEPS = [*HISTORY, prescribed.step]


def groups(run_steps, *rows: dict) -> set[str]:
    return {r["medicines"] for r in run_steps(STEPS, AS_OF, **taken(*rows))}


@pytest.mark.parametrize(
    ("bnf_code", "found"),
    [
        ("0106020M0", {"laxatives"}),
        ("0106020M0AAABAB", {"laxatives"}),
        ("01.06.02.0M0", {"laxatives"}),  # dotted, as some suppliers send it
        ("1.6.2", {"laxatives"}),
        ("1.6", {"laxatives"}),
        ("0107", set()),
        ("0402030K0", {"lithium"}),
        ("0402030P0", {"lithium"}),
        ("0402030Q0", set()),
        ("0408010G0", {"antiepileptics", "antiepileptics-for-pain"}),
        ("0408010H0", {"antiepileptics"}),
        ("0401010Z0", {"anxiolytics-hypnotics"}),
        ("0402010AE", {"antipsychotics"}),
        ("0407010H0", set()),  # paracetamol can be bought
        ("0407010F0", {"prescription-only-analgesics"}),
        ("0407020Q0", {"prescription-only-analgesics"}),
        ("0301011R0", {"asthma-medicines"}),
        ("0102000P0", {"antispasmodics"}),
    ],
)
def test_a_bnf_code_decides_the_group(run_steps, bnf_code, found):
    assert groups(run_steps, {"display": "A medicine", "bnf_code": bnf_code}) == found


@pytest.mark.parametrize(
    ("display", "found"),
    [
        ("Senna 7.5mg tablets", {"laxatives"}),
        ("Lithium carbonate 400mg modified-release tablets", {"lithium"}),
        ("Codeine 30mg tablets", {"prescription-only-analgesics"}),
        ("Dihydrocodeine 30mg tablets", {"prescription-only-analgesics"}),
        ("Co-codamol 8mg/500mg tablets", set()),  # can be bought
        ("Co-codamol 30mg/500mg tablets", {"prescription-only-analgesics"}),
        ("Sennapods", set()),  # the word, not a part of one
        ("Hyoscine butylbromide 10mg tablets", {"antispasmodics"}),
        ("Hyoscine hydrobromide 300microgram tablets", set()),
    ],
)
def test_without_a_bnf_code_the_words_of_the_name_decide(run_steps, display, found):
    assert groups(run_steps, {"display": display}) == found


@pytest.mark.parametrize(
    ("display", "counts"),
    [
        ("Amitriptyline 10mg tablets", False),
        ("Amitriptyline 25mg tablets", False),
        ("Amitriptyline 50mg tablets", True),
        ("Sertraline 25mg tablets", True),  # no tricyclic
    ],
)
@pytest.mark.parametrize("with_bnf", [True, False])
def test_low_dose_tricyclics_are_no_antidepressants(run_steps, display, counts, with_bnf):
    bnf = ("0403010B0" if display.startswith("Ami") else "0403030Q0") if with_bnf else None
    assert groups(run_steps, {"display": display, "bnf_code": bnf}) == ({"antidepressants"} if counts else set())


def test_prescriptions_are_counted_in_six_months_twelve_and_ever(run_steps):
    days = ["2025-06-30", "2024-12-31", "2024-12-30", "2024-07-01", "2024-06-30", "2010-01-01", None, "2025-07-01"]
    rows = [{"display": "Lactulose 3.1g/5ml oral solution", "date": d} for d in days]
    senna = {"display": "Senna 7.5mg tablets", "bnf_code": "0106020M0", "date": "2025-06-29"}
    (row,) = run_steps(STEPS, AS_OF, **taken(*rows, senna))
    assert (row["issues_6_months"], row["issues_12_months"], row["issues"]) == (3, 5, 8)
    assert (str(row["first_date"]), str(row["last_date"]), row["source_row"]) == ("2010-01-01", "2025-06-30", 1)


def test_one_persons_medicines_are_not_anothers(run_steps):
    rows = [{"display": "Senna 7.5mg tablets", "person_id": p} for p in (1, 2, 2)]
    found = run_steps(STEPS, AS_OF, **taken(*rows))
    assert [(r["person_id"], r["issues"]) for r in found] == [(1, 1), (2, 2)]


def test_every_code_of_ours_is_one_that_can_match():
    """Dotted codes look right and never match those of NHSBSA: the loader refuses them."""
    for group in load("find", "medicines")["medicines"].values():
        assert [ingredients.bnf_prefix(code) for code in group["bnf"]]
    with pytest.raises(TypeError, match="without dots"):
        ingredients.bnf_prefix("05.03.01")
    with pytest.raises(TypeError, match="in quotes"):
        ingredients.bnf_prefix(403)
