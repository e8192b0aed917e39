"""Anticholinergic burden: the points of what a person takes now, on a named scale."""

import csv

import pytest

from carestead.core.finding import UsageError
from carestead.find.evidence import anticholinergic_burden_evidence
from carestead.find.medicines import anticholinergic, ingredients
from carestead.find.scores import anticholinergic_burden
from carestead.reference import load
from tests.spec.find.medicines.taken import AS_OF, HISTORY, taken

ACB, AEC, AAS = (f"anticholinergic-burden-{s}" for s in ("acb", "aec", "aas"))
SCORE = [*HISTORY, anticholinergic.step, anticholinergic_burden.step]
EVIDENCE = [*HISTORY, anticholinergic.step, anticholinergic_burden_evidence.step]
COLUMNS = {
    "acb": "boustani_2008_acb", "ars": "rudolph_2008_ars", "ads": "carnahan_2006_ads", "ancelin": "ancelin_2006",
    "aas": "ehrt_2010_aas", "als": "sittironnarit_2011", "aec": "bishara_2020_aec", "acbcalc": "acbcalc_2023",
}  # fmt: skip


def burden(run_steps, *rows: dict, steps=SCORE) -> dict[str, float]:
    return {r["score"]: r["value"] for r in run_steps(steps, AS_OF, **taken(*rows))}


def test_the_scales_disagree_and_each_has_a_score_of_its_own(run_steps):
    rows = [
        {"display": d} for d in ("Solifenacin 5mg tablets", "Amitriptyline 10mg tablets", "Furosemide 40mg tablets")
    ]
    assert burden(run_steps, *rows) == {ACB: 3 + 3 + 1, AEC: 1 + 3}


def test_three_is_the_alert(run_steps):
    def band(*displays):
        found = run_steps(SCORE, AS_OF, **taken(*({"display": d} for d in displays)))
        return {r["score"]: r["band"] for r in found}[ACB]

    assert band("Furosemide 40mg tablets", "Digoxin 62.5microgram tablets") == "below alert"
    assert band("Furosemide 40mg tablets", "Digoxin 62.5microgram tablets", "Codeine 15mg tablets") == "alert"


@pytest.mark.parametrize(
    ("display", "points"),
    [
        ("Codeine 30mg tablets", 1),
        ("Codeine phosphate 30mg tablets", 1),  # a salt is the same ingredient
        ("Dihydrocodeine 30mg tablets", 0),  # another, whose name holds the first
        ("Co-codamol 30mg/500mg tablets", 1),  # is codeine and paracetamol
        ("Paracetamol 500mg / Codeine 8mg tablets", 1),
        ("Co-dydramol 10mg/500mg tablets", 0),
        ("Co-triamterzide 50mg/25mg tablets", 1),
        ("AMITRIPTYLINE HYDROCHLORIDE 25MG TABS", 3),
        ("Chlorphenamine 4mg tablets", 3),  # the scale calls it chlorpheniramine
        ("Hyoscine hydrobromide 300microgram tablets", 3),  # ... scopolamine
        ("Hyoscine butylbromide 10mg tablets", 0),  # does not reach the brain, and is not on the scale
        ("Isosorbide mononitrate 10mg tablets", 1),
        ("Atropine 1% eye drops", 0),
        ("Hydrocortisone 1% cream", 0),
        ("Hydrocortisone 10mg tablets", 1),
        ("Brompheniramine maleate 4mg tablets", 3),  # twice on the scale: the higher
        (None, 0),
    ],
)
def test_ingredients_are_read_from_the_whole_words_of_the_name(run_steps, display, points):
    assert burden(run_steps, {"code": "1", "display": display}).get(ACB, 0) == points


@pytest.mark.parametrize(
    ("display", "bnf_code", "points"),
    [
        ("Zispin 15mg tablets", "0403040X0BBAAAA", 1),
        ("Elavil 25mg tablets", "0403010B0", 3),
        (None, "0403010B0AAAGAG", 3),
        ("Imdur 60mg tablets", "0206010K0", 1),  # isosorbide mononitrate, and the scale lists isosorbide
        ("Codeine 30mg tablets", "0407020G0", 0),  # the BNF code says dihydrocodeine, and is believed
        ("Oxybutynin 5mg tablets", "0704020ZZ", 3),  # a substance we do not know: the name
        ("Atropine 1% drops", "1105000A0", 0),
    ],
)
def test_a_known_bnf_substance_comes_before_the_name(run_steps, display, bnf_code, points):
    found = burden(run_steps, {"code": "1", "display": display, "bnf_code": bnf_code})
    assert found.get(AEC if "Zispin" in str(display) else ACB, 0) == points


def test_an_ingredient_counts_once(run_steps):
    rows = [{"display": d} for d in ("Co-codamol 30mg/500mg tablets", "Codeine 15mg tablets", "Codeine 30mg tablets")]
    assert burden(run_steps, *rows) == {ACB: 1}
    (row,) = run_steps(EVIDENCE, AS_OF, **taken(*rows))
    assert (row["item"], row["points"], row["times"]) == ("codeine", 1.0, 3)


@pytest.mark.parametrize(
    ("how", "is_current"),
    [
        ({"date": "2025-04-08"}, True),  # the 84th day
        ({"date": "2025-04-07"}, False),
        ({"date": "2025-04-07", "is_repeat": True}, True),
        ({"date": "2025-04-07", "is_repeat": True, "end_date": "2025-06-29"}, False),
        ({"date": "2025-04-07", "is_repeat": True, "status": "Stopped"}, False),
        ({"date": "2025-07-01"}, False),
    ],
)
def test_only_what_is_taken_now_counts(run_steps, how, is_current):
    assert burden(run_steps, {"display": "Oxybutynin 5mg tablets", **how}).get(ACB) == (3 if is_current else None)


def test_other_scales_by_choice(run_steps):
    steps = [*HISTORY, anticholinergic.burden_step(["aas"]), anticholinergic_burden.step]
    assert burden(run_steps, {"display": "Amitriptyline 25mg tablets"}, steps=steps) == {AAS: 4}
    with pytest.raises(UsageError, match="no anticholinergic scale acd"):
        anticholinergic.burden_step(["acd"])


@pytest.mark.parametrize("scale", anticholinergic.SCALES)
def test_the_points_are_those_published(shared_data, scale):
    """Every name of the published scale has its points, under our name for it; nothing else has any."""
    with (shared_data / "clinical" / "anticholinergic_burden_scales.csv").open(encoding="utf-8") as file:
        listed = [(r["drug"].partition("-not")[0].strip(), r[COLUMNS[scale]]) for r in csv.DictReader(file)]
    published: dict[str, int] = {}
    for drug, points in listed:
        name = ingredients.usual(drug)
        if points not in ("", "0") and drug != "ketotifen-ophthalmic" and not ingredients.is_mixture(drug):
            published[name] = max(int(points), published.get(name, 0))
    assert anticholinergic.points(scale) == published


def test_mixtures_on_a_scale_have_the_points_of_what_is_in_them():
    assert anticholinergic.points("acbcalc")["codeine"] == 1
    listed = load("scores", "anticholinergic-burden-acbcalc")["points"][1]
    assert [name for name in listed if ingredients.is_mixture(name)] == ["co-codamol"]


def test_boustani_has_104_medicines():
    points = load("scores", "anticholinergic-burden-acb")["points"]
    assert {p: len(names) for p, names in points.items()} == {3: 45, 2: 14, 1: 45}
