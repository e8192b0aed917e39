"""Cambridge Multimorbidity Score: the weights of 20 conditions, from codes, prescriptions and values."""

import csv
from collections.abc import Iterator

import pytest

from carestead.find import explain
from carestead.find.conditions import long_term_condition
from carestead.find.evidence import cambridge_evidence
from carestead.find.items import lists_in_use
from carestead.find.medicines import prescribed
from carestead.find.scores import cambridge
from carestead.reference import Codelist, load
from tests.spec.find.looking import looking
from tests.spec.find.medicines.taken import AS_OF, HISTORY

FACTS = load("scores", "cambridge")
GROUPS = sorted({item["group"] for item in FACTS["items"].values() if item})
LIST = Codelist("ltc", "test", "A code a group", "made up", tuple({"group": g, "code": g} for g in GROUPS), "snomed")
CONDITIONS = [
    *looking("item_mask", "item_fact", releases={"ltc": LIST}),
    *HISTORY,
    prescribed.step,
    long_term_condition.step,
]
SCORE, EVIDENCE = [*CONDITIONS, cambridge.step], [*CONDITIONS, cambridge_evidence.step]
EGFR = "1011481000000105"


def record(*people: list[str]) -> dict[str, list[dict]]:
    """The records of people numbered from 1. A fact is `GROUP DAY`, `egfr VALUE DAY [UNIT]` or `N x BNF-CODE DAY`."""
    facts = [(person, fact.split()) for person, said in enumerate(people, 1) for fact in said]
    codes = [*GROUPS, EGFR, *sorted({words[2] for _, words in facts if "x" in words})]
    ids = {code: n for n, code in enumerate(codes)}
    system = {code: "snomed" if n <= len(GROUPS) else "dmd" for code, n in ids.items()}
    tables: dict[str, list[dict]] = {"event": [], "medication": []}
    for person, words in facts:
        for table, row in _rows(words, ids):
            tables[table].append({"person_id": person, **row})
    return {"code": [{"code_id": n, "system": system[c], "code": c} for c, n in ids.items()], **tables}


def _rows(words: list[str], ids: dict[str, int]) -> Iterator[tuple[str, dict]]:
    match words:
        case [times, "x", bnf, day]:
            row = {"code_id": ids[bnf], "bnf_code": bnf, "date": day}
            yield from (("medication", row) for _ in range(int(times)))
        case ["egfr", value, day, *unit]:
            row = {"code_id": ids[EGFR], "date": day, "value": float(value), "unit": (unit or ["mL/min"])[0]}
            yield "event", {**row, "kind": "observation"}
        case [group, day]:
            yield "event", {"code_id": ids[group], "date": None if day == "undated" else day, "kind": "condition"}


def values(run_steps, *people: list[str], score: str = "cambridge") -> dict[int, float]:
    return {r["person_id"]: r["value"] for r in run_steps(SCORE, AS_OF, **record(*people)) if r["score"] == score}


@pytest.mark.parametrize(
    ("condition", "weight", "has", "has_not"),
    [
        ("hypertension", 0.08, [["hypertension 1980-01-01"]], [["hypertension 2025-07-01"]]),
        (
            "anxiety-depression", 0.50,
            [["anxiety 2024-07-01"], ["depression 2025-06-30"], ["4 x 0401010Z0 2025-01-01"],
             ["4 x 0403030Q0 2024-07-01"]],
            [["anxiety 2024-06-30"], ["depression undated"], ["3 x 0401010Z0 2025-01-01"],
             ["2 x 0401010Z0 2025-01-01", "2 x 0403030Q0 2025-01-01"], ["4 x 0403030Q0 2024-06-30"]],
        ),
        (
            "painful-condition", 0.92,
            [["4 x 0407020Q0 2025-01-01"], ["4 x 0408010G0 2025-01-01"],
             ["4 x 0407020Q0 2025-01-01", "epilepsy 2000-01-01"]],
            [["3 x 0407020Q0 2025-01-01"], ["4 x 0407010H0 2025-01-01"], ["3 x 0408010G0 2025-01-01"],
             ["4 x 0408010H0 2025-01-01"]],
        ),
        ("hearing-loss", 0.09, [["hearing-loss undated"]], [["hearing-loss 2025-07-01"]]),
        ("ibs", 0.21, [["ibs 1990-01-01"], ["4 x 0102000P0 2025-01-01"]], [["3 x 0102000P0 2025-01-01"]]),
        (
            "asthma", 0.19,
            [["asthma 1990-01-01", "1 x 0301011R0 2024-07-01"], ["asthma 1990-01-01", "1 x 0303020G0 2025-06-30"]],
            [["asthma 1990-01-01"], ["1 x 0301011R0 2025-01-01"], ["asthma 1990-01-01", "9 x 0301011R0 2024-06-30"]],
        ),
        ("diabetes", 0.75, [["diabetes 1990-01-01"]], [["diabetes 2025-07-01"]]),
        ("chd", 0.49, [["chd 1990-01-01"]], [["chd 2025-07-01"]]),
        (
            "ckd", 0.53,
            [["egfr 59.9 2024-01-01", "egfr 40 2024-02-01"], ["egfr 59 2010-01-01"],
             ["egfr 90 2023-01-01", "egfr 59 2024-01-01", "egfr 58 2024-02-01"]],
            [["egfr 60 2024-01-01", "egfr 40 2024-02-01"], ["egfr 61 2024-02-01", "egfr 40 2024-01-01"],
             ["egfr 59 2024-01-01 mmol/L"], ["egfr 0 2024-01-01"], ["egfr 40 2025-07-01"],
             ["egfr 70 2024-01-01", "egfr 50 2024-02-01", "egfr 50 2024-02-01"]],
        ),
        ("atrial-fibrillation", 1.34, [["atrial-fibrillation 1990-01-01"]], [["atrial-fibrillation 2025-07-01"]]),
        (
            "constipation", 1.12,
            [["4 x 0106020M0 2024-07-01"], ["2 x 0106020M0 2025-01-01", "2 x 0106010E0 2025-01-01"]],
            [["3 x 0106020M0 2025-01-01"], ["4 x 0106020M0 2024-06-30"]],
        ),
        ("stroke-tia", 0.80, [["stroke-tia 1990-01-01"]], [["stroke-tia 2025-07-01"]]),
        ("copd", 1.46, [["copd 1990-01-01"]], [["copd 2025-07-01"]]),
        ("connective-tissue", 0.43, [["connective-tissue 1990-01-01"]], [["connective-tissue 2025-07-01"]]),
        (
            "cancer", 1.53, [["cancer 2020-07-01"], ["cancer 2020-07-01", "cancer 2025-01-01"]],
            [["cancer 2020-06-30"], ["cancer 2019-01-01", "cancer 2025-01-01"],
             ["cancer undated", "cancer 2025-01-01"]],
        ),
        ("alcohol", 0.65, [["alcohol 1990-01-01"]], [["alcohol 2025-07-01"]]),
        ("heart-failure", 1.18, [["heart-failure 1990-01-01"]], [["heart-failure 2025-07-01"]]),
        ("dementia", 2.50, [["dementia 1990-01-01"]], [["dementia 2025-07-01"]]),
        (
            "psychosis-bipolar", 0.64, [["psychosis-bipolar 1990-01-01"], ["1 x 0402030K0 1990-01-01"]],
            [["9 x 0402010AE 2025-01-01"], ["1 x 0402030K0 2025-07-01"]],
        ),
        (
            "epilepsy", 0.92, [["epilepsy 1990-01-01", "1 x 0408010H0 2024-07-01"]],
            [["epilepsy 1990-01-01"], ["1 x 0408010H0 2025-01-01"], ["epilepsy 1990-01-01", "1 x 0408010H0 2024-06-30"],
             ["epilepsy 1990-01-01", "4 x 0403030Q0 2020-01-01"]],
        ),
    ],
)  # fmt: skip
def test_each_condition_at_its_edge(run_steps, condition, weight, has, has_not):
    rows = run_steps(CONDITIONS, AS_OF, **record(*has, *has_not))
    assert sorted({r["person_id"] for r in rows if r["condition"] == condition}) == list(range(1, len(has) + 1))
    assert FACTS["conditions"][condition]["general"] == weight


def test_weights_are_added_exactly_and_a_condition_counts_once(run_steps):
    person = ["dementia 2020-01-01", "hypertension 1990-01-01", "hypertension 2000-01-01", "ibs 2000-01-01"]
    person += ["4 x 0102000P0 2025-01-01", "4 x 0106020M0 2025-01-01"]
    assert values(run_steps, person) == {1: 3.91}  # 2.50 + 0.08 + 0.21 + 1.12
    assert values(run_steps, person, score="cambridge-mortality") == {1: 156.42}  # 124.42 - 2.09 - 1.33 + 35.42


def test_mortality_can_be_below_nought(run_steps):
    assert values(run_steps, ["hearing-loss 2020-01-01"], score="cambridge-mortality") == {1: -3.94}


def test_an_antiepileptic_is_for_pain_only_without_epilepsy(run_steps):
    gabapentin = "4 x 0408010G0 2025-01-01"
    assert values(run_steps, [gabapentin], [gabapentin, "epilepsy 2000-01-01"]) == {1: 0.92, 2: 0.92}
    rows = run_steps(CONDITIONS, AS_OF, **record([gabapentin], [gabapentin, "epilepsy 2000-01-01"]))
    assert [(r["person_id"], r["condition"]) for r in rows] == [(1, "painful-condition"), (2, "epilepsy")]


def test_without_prescriptions_the_answer_is_another(run_steps):
    """What a study that counts codes alone finds: no constipation, no pain; everybody's asthma would need its code."""
    person = ["asthma 1990-01-01", "1 x 0301011R0 2025-01-01", "4 x 0106020M0 2025-01-01", "4 x 0407020Q0 2025-01-01"]
    given = record([*person, "diabetes 2000-01-01"])
    with_them = {r["score"]: r["value"] for r in run_steps(SCORE, AS_OF, **given)}
    without = {r["score"]: r["value"] for r in run_steps(SCORE, AS_OF, **{**given, "medication": []})}
    assert (with_them["cambridge"], without["cambridge"]) == (2.98, 0.75)


def test_the_evidence_adds_up_and_shows_the_prescriptions_behind(run_steps):
    person = ["asthma 1990-01-01", "2 x 0301011R0 2025-01-01", "4 x 0106020M0 2025-01-01", "egfr 50 2024-01-01"]
    rows = run_steps(EVIDENCE, AS_OF, **record([*person, "egfr 55 2025-01-01"]))
    shown = [(r["item"], r["origin"], r["points"], r["times"], r["value"]) for r in rows if r["score"] == "cambridge"]
    assert sorted(shown, key=str) == [
        ("asthma", "event", 0.19, 1, None),
        ("asthma", "medication", 0.0, 2, None),
        ("ckd", "event", 0.53, 2, 50.0),
        ("constipation", "medication", 1.12, 4, None),
    ]


def test_the_evidence_adds_up_for_everybody(run_steps):
    """Both scores, people with every kind of sign: the points of the rows are the score, to the hundredth."""
    everything = [f"{g} 2025-01-01" for g in GROUPS]
    drugs = [
        f"4 x {bnf} 2025-01-01"
        for bnf in ("0106020M0", "0407020Q0", "0301011R0", "0408010G0", "0402030K0", "0401010Z0")
    ]
    people = [everything, drugs, everything + drugs, ["egfr 30 2025-01-01", *drugs[:2]], everything[::2] + drugs[1:]]
    given = record(*people)
    sums: dict[tuple[int, str], int] = {}
    for r in run_steps(EVIDENCE, AS_OF, **given):
        sums[r["person_id"], r["score"]] = sums.get((r["person_id"], r["score"]), 0) + round(r["points"] * 100)
    scored = {(r["person_id"], r["score"]): round(r["value"] * 100) for r in run_steps(SCORE, AS_OF, **given)}
    assert sums == scored
    assert len(scored) == 2 * len(people)


def test_a_score_without_bands_is_explained_to_the_hundredth(run_steps):
    given = record(["hypertension 1990-01-01", "hearing-loss 1990-01-01"])
    scored = next(r for r in run_steps(SCORE, AS_OF, **given) if r["score"] == "cambridge")
    rows = [r for r in run_steps(EVIDENCE, AS_OF, **given) if r["score"] == "cambridge"]
    lines = explain("cambridge", scored, rows)
    assert lines[0] == "Cambridge Multimorbidity Score, general outcomes: 0.17 points"
    assert any(line.split() == ["0.08", "Hypertension"] for line in lines)
    assert not any("add up" in line or line.startswith("Bands") for line in lines)


def test_the_weights_are_those_published(shared_data):
    with (shared_data / "clinical" / "cambridge_multimorbidity_score_20.csv").open(encoding="utf-8") as file:
        published = {
            r["condition"].replace("_", "-"): (float(r["weight_general"]), float(r["weight_mortality"]))
            for r in csv.DictReader(file)
        }
    assert {c: (w["general"], w["mortality"]) for c, w in FACTS["conditions"].items()} == published


def test_the_starter_list_has_codes_for_every_group():
    assert {r["group"] for r in lists_in_use()["ltc"].rows} == set(GROUPS)
