"""The scores and the register against slow answers in plain Python, on made-up people."""

import random
from datetime import date, timedelta
from fractions import Fraction

import pytest

from carestead.find.diagnoses import icd10_group
from carestead.find.items import lists_in_use
from carestead.find.medicines import medicine_count, medicine_history, medicine_name
from carestead.find.scores import efi, icd10
from carestead.reference import load
from tests.spec.find.conftest import before, draw_all
from tests.spec.find.looking import looking

AS_OF = date(2025, 6, 30)


def some_day(r: random.Random) -> date:
    return AS_OF - timedelta(days=r.randrange(-30, 1200))


@pytest.mark.parametrize("seed", range(3))
def test_hfrs(run_steps, seed):
    r = random.Random(seed)
    points = load("scores", "hfrs")["points"]
    texts = [f"{c}{suffix}" for c in points for suffix in ("", ".1", "9")] + ["J45", "I10X"]
    rows = [(r.randrange(60), some_day(r), r.randrange(len(texts))) for _ in range(1500)]
    answer = run_steps(
        [icd10_group.step, icd10.step],
        str(AS_OF),
        code=[{"code_id": n, "system": "icd10", "code": text} for n, text in enumerate(texts)],
        diagnosis=[{"person_id": p, "date": d, "code_id": c} for p, d, c in rows],
    )
    seen: dict[int, set[str]] = {}
    for person, day, code in rows:
        if date(2023, 6, 30) < day <= AS_OF and texts[code][:3] in points:
            seen.setdefault(person, set()).add(texts[code][:3])
    tenths = {p: sum(round(points[c] * 10) for c in codes) for p, codes in seen.items()}
    assert {a["person_id"]: (round(a["value"] * 10), a["band"]) for a in answer if a["score"] == "hfrs"} == {
        p: (t, "low" if t < 50 else "intermediate" if t <= 150 else "high") for p, t in tenths.items()
    }


@pytest.mark.parametrize("seed", range(3))
def test_efi(run_steps, seed):
    r = random.Random(seed)
    deficit_of = {r["code"]: r["group"] for r in lists_in_use()["efi"].rows}
    texts = [*deficit_of, "1", "2", "3"]
    facts = [(r.randrange(60), some_day(r), r.randrange(len(texts))) for _ in range(600)]
    taken = [(r.randrange(60), some_day(r), 1000 + r.randrange(9)) for _ in range(600)]
    answer = run_steps(
        [*looking("item_mask"), medicine_name.step, medicine_history.step, medicine_count.step, efi.step],
        str(AS_OF),
        code=[{"code_id": n, "system": "snomed", "code": text} for n, text in enumerate(texts)],
        event=[{"person_id": p, "date": d, "code_id": c, "kind": "condition"} for p, d, c in facts],
        medication=[{"person_id": p, "date": d, "code_id": c} for p, d, c in taken],
    )
    found: dict[int, set[object]] = {}
    for person, day, code in facts:
        if day <= AS_OF and texts[code] in deficit_of:
            found.setdefault(person, set()).add(deficit_of[texts[code]])
    for person in range(60):
        if len({c for p, d, c in taken if p == person and date(2024, 6, 30) < d <= AS_OF}) >= 5:
            found.setdefault(person, set()).add("polypharmacy")
    assert {a["person_id"]: a["value"] for a in answer} == {p: float(len(d)) for p, d in found.items()}


WEIGHTS = {"frailty": 3, "complexity": 3, "risk": 2, "care": 2}


def lists_of(person: dict, deficits: int, hospital: str | None) -> dict[str, tuple[int, float]]:
    """The lists a person is on, each with level and value, by the rule read aloud."""
    found: dict[str, tuple[int, float]] = {}
    if person["age"] >= 65:
        level = max(2 * (deficits >= 13) or deficits >= 9, {"high": 2, "intermediate": 1}.get(hospital, 0))
        if level:
            found["frailty"] = (level, float(deficits) if deficits else 1.0)
    elif deficits >= 9:
        found["complexity"] = (2 if deficits >= 13 else 1, float(deficits))
    if person["emergency_admissions"] >= 2 or person["emergency_attendances"] >= 4:
        found["risk"] = (2 if person["emergency_admissions"] >= 4 else 1, float(person["emergency_admissions"]))
    if person["care_home"] or person["home_care"]:
        found["care"] = (2 if person["care_home"] else 1, 0.0)
    return found


def ranked(people: list[dict], on: dict[int, dict], benefit: dict[int, int]) -> list[tuple[int, str]]:
    """(person, list) in the order in which the lists take turns at one practice; each person once."""
    best: dict[int, tuple[Fraction, int, str]] = {}
    for number, (cohort, weight) in enumerate(WEIGHTS.items()):
        members = [p["person_id"] for p in people if cohort in on[p["person_id"]]]
        members.sort(key=lambda p: (-benefit.get(p, 0), -on[p][cohort][0], -on[p][cohort][1], p))
        for n, person in enumerate(members):
            turn = (Fraction(2 * n + 1, weight), number, cohort)
            best[person] = min(best.get(person, turn), turn)
    return [(p, best[p][2]) for p in sorted(best, key=lambda p: (best[p][:2], p))]


@pytest.mark.parametrize("seed", range(3))
def test_register(seed):
    r = random.Random(seed)
    people = [
        {
            "person_id": p, "practice_code": r.choice("AB"), "age": r.randrange(10, 99),
            "emergency_admissions": r.randrange(6), "emergency_attendances": r.randrange(6),
            "emergency_bed_days": r.randrange(30), "home_care": r.random() < 0.2, "care_home": r.random() < 0.1,
        }
        for p in range(600)
    ]  # fmt: skip
    deficits = {p: r.randrange(1, 20) for p in range(0, 600, 2)}
    bands = {p: r.choice(["low", "intermediate", "high"]) for p in range(0, 600, 3)}
    benefit = {p: r.randrange(1, 4) for p in range(0, 600, 5)}
    was = set(r.sample(range(600), 60))
    named = {n: "fit" if n < 5 else "mild" if n < 9 else "moderate" if n < 13 else "severe" for n in range(20)}
    answer = draw_all(
        capacity=40,
        feature=people,
        score=[{"person_id": p, "score": "efi", "value": float(n), "band": named[n]} for p, n in deficits.items()]
        + [{"person_id": p, "score": "hfrs", "value": 1.0, "band": b} for p, b in bands.items()],
        need=[{"person_id": p, "need": "x", "points": n, "because": "x", "action": "x"} for p, n in benefit.items()],
        register_before=before(*sorted(was)),
    )["register_entry"]

    expected = {}
    for practice in "AB":
        adults = [p for p in people if p["age"] >= 18 and p["practice_code"] == practice]
        on = {p["person_id"]: lists_of(p, deficits.get(p["person_id"], 0), bands.get(p["person_id"])) for p in adults}
        order = ranked(adults, on, benefit)
        line = {p: n for n, (p, _) in enumerate(order, 1)}
        moved = sorted(line, key=lambda p: (line[p] - 4 * (p in was), p not in was, line[p]))
        chosen = [(p, cohort) for p, cohort in order if p in moved[:40]]
        expected |= {p: (n, practice, cohort, float(benefit.get(p, 0))) for n, (p, cohort) in enumerate(chosen, 1)}
    got = {a["person_id"]: (a["rank"], a["practice_code"], a["cohort"], a["priority"]) for a in answer}
    assert got == expected


@pytest.mark.parametrize("seed", range(2))
def test_medicine_counts(run_steps, seed):
    """Every definition of polypharmacy but the exclusions, which are by BNF code and shown in their own tests."""
    r = random.Random(seed)
    codes = {c: f"03010{c % 7:02d}R0" for c in range(1, 11)}  # of ten medicines some share an ingredient
    rows = [
        {
            "person_id": r.randrange(30), "code_id": c, "bnf_code": codes[c], "is_repeat": r.random() < 0.3,
            "date": (day := AS_OF - timedelta(days=r.choice([r.randrange(-9, 60), r.randrange(800)]))),
            "end_date": r.choice([None, None, day + timedelta(days=r.randrange(400))]),
            "status": r.choice([None, "active", "Stopped"]),
        }
        for c in (r.choice(list(codes)) for _ in range(900))
    ]  # fmt: skip
    steps = [medicine_name.step, medicine_history.step, medicine_count.step]
    answer = run_steps(steps, str(AS_OF), medication=rows)
    expected = {}
    for person in range(30):
        begun = [m for m in rows if m["person_id"] == person and m["date"] <= AS_OF]
        repeats = [m for m in begun if m["is_repeat"] and goes_on(m)]
        last_days = [m for m in begun if m["date"] > AS_OF - timedelta(days=42)]
        running = [m for m in begun if (m["end_date"] or m["date"] + timedelta(days=28)) >= AS_OF] + repeats
        numbers = {
            "distinct-medicines-12-months": codes_of([m for m in begun if m["date"] > date(2024, 6, 30)] + repeats),
            "one-day-42-days": max((codes_of(of_day(last_days, m["date"])) for m in last_days), default=0),
            "concurrent-ingredients": len({m["bnf_code"] for m in running}),
            "repeat-items": codes_of(repeats),
            "repeat-items-10": codes_of(repeats),
        }
        expected |= {(person, name): n for name, n in numbers.items() if n}
    assert {(a["person_id"], a["definition"]): a["medicines"] for a in answer} == expected
    needed = {name: said["medicines"] for name, said in medicine_count.DEFINITIONS.items()}
    assert all(a["is_polypharmacy"] == (a["medicines"] >= needed[a["definition"]]) for a in answer)


def goes_on(medicine: dict) -> bool:
    if medicine["end_date"]:
        return bool(medicine["end_date"] >= AS_OF)
    return (medicine["status"] or "active").lower() == "active"


def of_day(medicines: list[dict], day: date) -> list[dict]:
    return [m for m in medicines if m["date"] == day]


def codes_of(medicines: list[dict]) -> int:
    return len({m["code_id"] for m in medicines})
