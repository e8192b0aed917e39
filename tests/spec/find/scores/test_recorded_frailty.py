"""Frailty as a clinician recorded it: the latest grade."""

from carestead.find.evidence import recorded_frailty_evidence
from carestead.find.scores import recorded_frailty
from tests.spec.find.looking import looking

AS_OF = "2025-06-30"
MILD, MODERATE, SEVERE, CFS7 = 1, 2, 3, 4
CODES = [
    {"code_id": MILD, "system": "snomed", "code": "925791000000100"},
    {"code_id": MODERATE, "system": "snomed", "code": "925831000000107"},
    {"code_id": SEVERE, "system": "snomed", "code": "925861000000102"},
    {"code_id": CFS7, "system": "snomed", "code": "1129391000000100"},
]
PASS = looking("item_fact")


def recorded(*facts: tuple[int, str | None, int]) -> dict[str, list[dict]]:
    event = [{"person_id": p, "date": d, "code_id": c, "kind": "condition"} for p, d, c in facts]
    return {"code": CODES, "event": event}


def test_the_latest_grade_counts_and_of_two_on_one_day_the_graver(run_steps):
    given = recorded(
        (1, "2020-01-01", SEVERE), (1, "2024-01-01", MILD),
        (2, "2024-01-01", MILD), (2, "2024-01-01", MODERATE),
        (3, None, SEVERE), (3, "2001-01-01", MILD),
        (4, "2025-07-01", SEVERE),
        (5, "2024-05-05", CFS7),
    )  # fmt: skip
    rows = run_steps([*PASS, recorded_frailty.step], AS_OF, **given)
    assert [(r["person_id"], r["value"], r["band"]) for r in rows] == [
        (1, 1, "mild"), (2, 2, "moderate"), (3, 1, "mild"), (5, 3, "severe"),
    ]  # fmt: skip
    evidence = run_steps([*PASS, recorded_frailty_evidence.step], AS_OF, **given)
    assert [(r["person_id"], r["item"], r["points"]) for r in evidence] == [
        (1, "mild", 1), (1, "severe", 0), (2, "mild", 0), (2, "moderate", 2), (3, "mild", 1), (3, "severe", 0),
        (5, "severe", 3),
    ]  # fmt: skip
