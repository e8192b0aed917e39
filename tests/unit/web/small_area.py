"""A small made-up area, published as the flow publishes, with every table a page rests on. Deterministic."""

import datetime as dt
import random
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa

from carestead.core.area import create_area
from carestead.core.nhs_number import check_digit
from carestead.engines import lake
from carestead.engines.base import Receipt
from carestead.engines.duckdb import connect
from carestead.tables import table

AS_OF = date(2026, 11, 20)
FAMILIES = [
    "Abara",
    "Blenkinsop",
    "Cottle",
    "Dzamonja",
    "Entwhistle",
    "Fothergill",
    "Grzelak",
    "Hathersage",
    "Iqbal",
    "Jorvik",
]
GIVEN = ["Agnes", "Bertram", "Constance", "Dilip", "Edith", "Frank", "Gwendolyn", "Harold", "Ines", "Jerzy"]
PRACTICES = {
    "Y00001": ("Millbrook Surgery", 120),
    "Y00002": ("Quarry Lane Practice", 60),
    "Y00003": ("Dr Ohm, single-handed", 20),
}
SOURCES = [
    (1, "millbrook", "Millbrook GP system", "gp", "Y00001", 1, 0),
    (2, "trust", "St Brannock's Hospital", "acute", "RX901", 7, 1),
    (3, "council", "Fellshire County Council", "social-care", "E10001", 30, 96),
]
GPS = [
    ("G1", "Dr Ada Quill", "Y00001", 8.0),
    ("G2", "Dr Ben Rook", "Y00001", 4.0),
    ("G3", "Dr Cy Swan", "Y00002", 6.0),
    ("G4", "Dr Dot Ohm", "Y00003", 7.0),
]
COORDINATORS = [("K1", "Kim Teal", "GRP1"), ("K2", "Lou Vane", "GRP1")]
CODES = [
    (0, "snomed", "49436004", "Atrial fibrillation"),
    (1, "snomed", "84114007", "Heart failure"),
    (2, "snomed", "52448006", "Dementia"),
    (3, "snomed", "161898004", "Falls"),
    (4, "snomed", "91936005", "Allergy to penicillin"),
    (5, "dmd", "319740004", "Bisoprolol 2.5mg tablets"),
    (6, "dmd", "323509004", "Amoxicillin 500mg capsules"),
    (7, "icd10", "S720", "Fracture of neck of femur"),
    (8, "icd10", "F03", "Unspecified dementia"),
    (9, "snomed", "271649006", "Systolic blood pressure"),
    (10, "dmd", "322236009", "Paracetamol 500mg tablets"),
]


def make(folder: Path) -> Path:
    """Publish the small area at `folder`."""
    area = create_area(folder, name="Small", people=1000, synthetic=True)
    rows = _rows()
    parts = []
    con = connect()
    for name, given in rows.items():
        for bucket in range(area.buckets) if table(name).per == "bucket" else [None]:
            mine = [r for r in given if bucket is None or r.get("person_id", r.get("of")) % area.buckets == bucket]
            parts.append(_part(con, area, name, bucket, mine))
    published = dt.datetime(2026, 11, 20, 5, 30, tzinfo=dt.UTC).isoformat()
    lake.publish(area, as_of=AS_OF, engine="duckdb", published_at=published, inputs=["small"], parts=parts)
    return folder


def _part(con, area, name, bucket, rows) -> Receipt:
    spec = table(name)
    path = Path(lake.part_path(area, name, "small", bucket, "0"))
    path.parent.mkdir(parents=True, exist_ok=True)
    given = pa.table({c: pa.array([r.get(c) for r in rows]) for c in spec.names()})
    con.register("given", given)
    columns = ", ".join(f'cast("{c}" as {t}) as "{c}"' for c, t in spec.types().items())
    con.execute(f"copy (select {columns} from given) to '{path}' (format parquet)")
    con.unregister("given")
    return Receipt("small", name, bucket, str(path), len(rows), "0" * 16, 0.0, "0", "duckdb")


def nhs_number(n: int) -> str:
    """The n-th valid number of the test range."""
    first = 999_000_000 + n
    while check_digit(str(first)) is None:
        first += 10_000
    return f"{first}{check_digit(str(first))}"


def _rows() -> dict[str, list[dict]]:
    rnd = random.Random(7)
    out: dict[str, list[dict]] = {
        n: []
        for n in [
            "person",
            "patient",
            "registration",
            "practice",
            "practitioner",
            "organisation",
            "source",
            "file",
            "quarantine",
            "finding",
            "link_review",
            "code",
            "event",
            "medication",
            "encounter",
            "diagnosis",
            "procedure",
            "care_package",
            "relationship",
            "document",
            "referral",
            "score",
            "evidence",
            "register_entry",
            "assignment",
            "workload",
            "placement",
            "buddy",
            "solution",
            "activity",
            "payment_line",
            "rate",
            "link",
            "exposure",
            "contact_count",
            "feature",
            "flag",
            "segment",
            "segment_count",
            "need",
            "cohort_member",
            "sudden_entry",
            "register_change",
            "codelist",
        ]
    }
    src = {"source_id": 1, "file_id": 0}
    _places(out, src)
    pid = 0
    for practice, (_, size) in PRACTICES.items():
        for _ in range(size):
            _person(out, pid, practice, rnd)
            pid += 1
    _register(out, rnd)
    _single_handed(out)
    _found(out)
    _counts(out)
    return out


def _places(out, src):
    for i, (code, (name, size)) in enumerate(PRACTICES.items()):
        out["practice"].append(
            {
                "practice_code": code,
                "name": name,
                "group_code": "GRP1",
                "list_size": size,
                "gps": 2 - (i > 0),
                "gp_sessions": 12.0 if i == 0 else 6.0,
            }
        )
        out["organisation"].append(
            {"organisation_code": code, "name": name, "kind": "practice", "group_code": "GRP1", **src}
        )
    for code, name, kind in (
        ("GRP1", "Fell Valley Neighbourhood", "group"),
        ("RX901", "St Brannock's Hospital", "acute-trust"),
        ("E10001", "Fellshire County Council", "council"),
        ("HC001", "Kettle & Co Home Care", "home-care"),
        ("HC002", "Warm Hands", "home-care"),
    ):
        out["organisation"].append({"organisation_code": code, "name": name, "kind": kind, **src})
    for code, name, where, sessions in GPS:
        out["practitioner"].append(
            {
                "practitioner_code": code,
                "name": name,
                "role": "gp",
                "organisation_code": where,
                "sessions": sessions,
                "birth_year": 1970,
                **src,
            }
        )
    for code, name, where in COORDINATORS:
        out["practitioner"].append(
            {
                "practitioner_code": code,
                "name": name,
                "role": "care-coordinator",
                "organisation_code": where,
                "sessions": 10.0,
                **src,
            }
        )
    for sid, name, title, kind, org, every, late in SOURCES:
        out["source"].append(
            {
                "source_id": sid,
                "name": name,
                "title": title,
                "kind": kind,
                "organisation_code": org,
                "expected_every_days": every,
                "last_delivery": AS_OF - timedelta(days=late),
            }
        )
        refused = 2 if sid == 2 else 0
        out["file"].append(
            {
                "file_id": sid - 1,
                "source_id": sid,
                "name": f"{name}/Patient.ndjson",
                "sha256": "0" * 64,
                "bytes": 1000,
                "type": "Patient",
                "delivered_on": AS_OF - timedelta(days=late),
                "read": 200,
                "loaded": 198 - refused,
                "ignored": 2,
                "quarantined": refused,
            }
        )
    out["quarantine"] += [
        {
            "file_id": 1,
            "source_row": 17,
            "type": "Patient",
            "reason": "date.impossible",
            "what": "birthDate 2019-02-30 is no day of the calendar.",
            "do": "Ask the hospital to correct it and send it again.",
            "text": '{"resourceType":"Patient","birthDate":"2019-02-30"}',
            "byte_offset": 1234,
        },
        {
            "file_id": 1,
            "source_row": 201,
            "type": "Encounter",
            "reason": "json.truncated",
            "what": "The line ends in the middle of a value.",
            "do": "Ask for the file again.",
            "text": '{"resourceType":"Encou',
            "byte_offset": 99,
        },
    ]
    out["finding"] += [
        {
            "code": "assign.no-capacity",
            "severity": "warning",
            "where": "Y00003",
            "what": "Dr Dot Ohm has room for 2 people and 3 are proposed at Dr Ohm, single-handed.",
            "do": "One more session a week would give room for 4 more.",
            "count": 1,
            "example": "",
        },
        {
            "code": "codelist.none",
            "severity": "warning",
            "where": "codelist carer",
            "what": "There is no release of code list carer, which flag asks for: nobody was looked for.",
            "do": "Import one.",
            "count": 1,
            "example": "",
        },
        {
            "code": "payment.unpriced",
            "severity": "information",
            "where": "payment_line",
            "what": "3 admissions have no price of their own.",
            "do": "Add a price.",
            "count": 3,
            "example": "",
        },
    ]
    out["codelist"] += [
        {
            "list_id": "efi",
            "version": "starter-1",
            "title": "Frailty",
            "system": "snomed",
            "is_starter": True,
            "rows": 117,
            "excluded": 0,
            "met": 3,
            "sha256": "0" * 64,
            "asked_by": "efi",
        },
        {"list_id": "carer", "is_starter": False, "asked_by": "flag, need, opt-out, other"},
    ]
    for i, s, c, d in CODES:
        out["code"].append({"code_id": i, "system": s, "code": c, "display": d})
    out["link_review"].append(
        {
            "source_id_a": 1,
            "source_person_id_a": "p3",
            "source_id_b": 2,
            "source_person_id_b": "h9",
            "match_probability": 0.61,
            "match_weight": 4.2,
            "reason": "doubtful",
        }
    )
    out["link"] += [
        {"source_id": 1, "source_person_id": "p3", "person_id": 3, "method": "alone"},
        {"source_id": 2, "source_person_id": "h9", "person_id": 4, "method": "alone"},
    ]


def _person(out, pid, practice, rnd):
    born = date(1930, 1, 1) + timedelta(days=rnd.randrange(70 * 365))
    family, given = (
        FAMILIES[pid % 10] + ("" if pid < 100 else "-" + FAMILIES[(pid // 10) % 10]),
        GIVEN[(pid // 10) % 10],
    )
    gp = next(g[0] for g in GPS if g[2] == practice)
    sex = "female" if rnd.random() < 0.5 else "male"
    death = AS_OF - timedelta(days=40) if pid == 5 else None
    out["person"].append(
        {
            "person_id": pid,
            "birth_date": born,
            "sex": sex,
            "death_date": death,
            "practice_code": practice,
            "usual_gp_code": gp,
            "sources": 2,
            "imd_decile": 1 + pid % 10,
            "lsoa": "E01000001",
        }
    )
    base = {
        "person_id": pid,
        "row_key": pid + 1,
        "nhs_number": nhs_number(pid),
        "family_name": family,
        "given_name": given,
        "birth_date": born,
        "sex": sex,
        "death_date": death,
        "address": f"{pid} Fell Street",
        "postcode": "FE1 1AA",
        "phone": f"01632 960{pid:03d}",
    }
    out["patient"].append({**base, "source_id": 1, "file_id": 0, "source_row": pid + 1})
    out["patient"].append({**base, "given_name": given[:4], "source_id": 2, "file_id": 1, "source_row": pid + 1})
    out["registration"].append(
        {
            "person_id": pid,
            "row_key": pid + 1,
            "practice_code": practice,
            "start_date": date(2015, 1, 1),
            "usual_gp_code": gp,
            "source_id": 1,
            "file_id": 0,
            "source_row": pid + 1,
        }
    )
    if pid % 5:
        return
    day = AS_OF - timedelta(days=30 + pid)
    gp_row, hospital = (
        {"source_id": 1, "file_id": 0, "source_row": pid + 1},
        {"source_id": 2, "file_id": 1, "source_row": pid + 1},
    )
    for i, c in enumerate((0, 1, 3)):
        out["event"].append(
            {
                "person_id": pid,
                "date": day - timedelta(days=100 * i),
                "code_id": c,
                "kind": "condition",
                "status": "active",
                "row_key": pid * 10 + i,
                "organisation_code": practice,
                **gp_row,
            }
        )
    out["event"].append(
        {
            "person_id": pid,
            "date": day,
            "code_id": 9,
            "kind": "observation",
            "value": 138.0,
            "unit": "mm[Hg]",
            "row_key": pid * 10 + 8,
            "organisation_code": practice,
            **gp_row,
        }
    )
    out["event"].append(
        {
            "person_id": pid,
            "date": day,
            "code_id": 4,
            "kind": "allergy",
            "status": "active",
            "row_key": pid * 10 + 9,
            **hospital,
        }
    )
    out["medication"].append(
        {
            "person_id": pid,
            "date": day,
            "code_id": 5,
            "status": "active",
            "is_repeat": True,
            "dose": "One each morning",
            "setting": "gp",
            "row_key": pid * 10,
            **gp_row,
        }
    )
    out["medication"].append(
        {
            "person_id": pid,
            "date": day + timedelta(days=5),
            "code_id": 6,
            "status": "active",
            "is_repeat": False,
            "dose": "One three times a day",
            "setting": "hospital-discharge",
            "row_key": pid * 10 + 1,
            **hospital,
        }
    )
    out["encounter"].append(
        {
            "person_id": pid,
            "start_date": day,
            "end_date": day + timedelta(days=6),
            "kind": "admission",
            "method": "emergency",
            "attended": True,
            "length_of_stay": 6,
            "currency": "HT13C",
            "discharge_destination": "usual-residence",
            "organisation_code": "RX901",
            "row_key": pid + 1,
            **hospital,
        }
    )
    out["encounter"].append(
        {
            "person_id": pid,
            "start_date": day + timedelta(days=9),
            "kind": "gp-appointment",
            "attended": True,
            "practitioner_code": gp,
            "organisation_code": practice,
            "row_key": pid + 500,
            **gp_row,
        }
    )
    out["diagnosis"].append(
        {
            "person_id": pid,
            "date": day,
            "code_id": 7,
            "position": 1,
            "encounter_key": pid + 1,
            "row_key": pid * 3,
            **hospital,
        }
    )
    out["care_package"].append(
        {
            "person_id": pid,
            "kind": "home-care",
            "start_date": day - timedelta(days=200),
            "hours_per_week": 7.0,
            "weekly_cost_pence": 15400,
            "provider_code": "HC001",
            "funder_code": "E10001",
            "row_key": pid,
            "source_id": 3,
            "file_id": 2,
            "source_row": pid + 1,
        }
    )
    out["relationship"].append(
        {
            "person_id": pid,
            "kind": "carer",
            "related_name": "Noor Upton",
            "related_phone": "01632 960999",
            "row_key": pid,
            **gp_row,
        }
    )
    out["document"].append(
        {
            "person_id": pid,
            "date": day + timedelta(days=6),
            "title": "Discharge summary",
            "status": "current",
            "author_organisation_code": "RX901",
            "row_key": pid,
            **hospital,
        }
    )


DEFICITS = ("arthritis", "atrial-fibrillation", "ckd", "diabetes", "falls", "foot-problems", "fragility-fracture")
DEFICITS += ("hearing-impairment", "heart-failure", "hypertension", "osteoporosis", "thyroid-disorders", "weight-loss")


def _register(out, rnd):
    for rank, pid in enumerate(range(0, 200, 5), start=1):
        person = next(p for p in out["person"] if p["person_id"] == pid)
        practice = person["practice_code"]
        efi, hfrs = 9 + rnd.randrange(6), round(5 + rnd.random() * 15, 1)
        band = "severe" if efi > 12 else "moderate"
        out["score"] += [
            {"person_id": pid, "score": "efi", "value": float(efi), "band": band},
            {"person_id": pid, "score": "hfrs", "value": hfrs, "band": "high" if hfrs > 15 else "intermediate"},
        ]
        _evidence(out, pid, efi, hfrs)
        if pid == 10:
            _risk(out, pid)
        out["register_entry"].append(
            {
                "person_id": pid,
                "state": "proposed",
                "rank": rank,
                "rule": "needs-cohorts-1",
                "cohort": "sudden" if pid == 10 else "frailty",
                "cohorts": ("sudden:1," if pid == 10 else "") + ",".join(f"{i}:1" for i in _on(pid)),
                "priority": 100.0 - rank,
                "reasons": "; ".join(_why(pid, efi, band, hfrs)),
                "earlier_decision": EARLIER if pid == 20 else None,
                "practice_code": practice,
            }
        )
        gps = [g for g in GPS if g[2] == practice]
        gp = gps[rank % len(gps)]
        full = practice == "Y00003" and pid == 195
        out["placement"].append(
            {"person_id": pid, "rank": rank, "weight": 8, "practice_code": practice, "group_code": "GRP1",
             "usual_gp_code": gp[0]}
        )  # fmt: skip
        out["assignment"].append(
            {
                "person_id": pid,
                "practice_code": practice,
                "named_gp_code": None if full else gp[0],
                "gp_reason": "nobody at the practice has room" if full else f"{gp[1]} is the usual GP",
                "is_usual_gp": not full,
                "coordinator_code": COORDINATORS[rank % 2][0],
                "coordinator_reason": "has most room",
            }
        )
    for code, _, where, sessions in GPS:
        n = sum(a["named_gp_code"] == code for a in out["assignment"])
        out["workload"].append(
            {
                "practitioner_code": code,
                "role": "gp",
                "organisation_code": where,
                "capacity": 2 if code == "G4" else int(sessions * 4),
                "people": n,
                "sessions": sessions,
                "room": int(sessions * 24),
                "minutes": n * 4,
            }
        )
    for code, _, where in COORDINATORS:
        out["workload"].append(
            {
                "practitioner_code": code,
                "role": "care-coordinator",
                "organisation_code": where,
                "capacity": 60,
                "sessions": 10.0,
                "room": 2400,
                "minutes": 20 * sum(a["coordinator_code"] == code for a in out["assignment"]),
                "people": sum(a["coordinator_code"] == code for a in out["assignment"]),
            }
        )


def _single_handed(out):
    """A practice with one GP, and how good the placement is."""
    out["buddy"].append(
        {"practice_code": "Y00002", "practitioner_code": "G3", "buddy_code": "Y00001", "people": 5, "minutes": 20,
         "room": 200, "reason": "Has room for about 50 people"}
    )  # fmt: skip
    for role, bound in (("gp", 100), ("care-coordinator", 98)):
        out["solution"].append(
            {"role": role, "pool": "Y00001", "people": 5, "without": 0, "moved": 0, "cost": 100, "bound": bound,
             "proven": bound == 100, "solved_by": "program"}
        )  # fmt: skip


def _risk(out, pid):
    """A risk in thousandths of a log-odds, with reasons that add up to it."""
    risk = {"person_id": pid, "score": "admission-risk-evaluation"}
    out["score"].append({**risk, "value": -500.0, "band": "above the cut"})
    for item, value, points in (("baseline", None, -2197.0), ("emergency_admissions", 2.0, 1697.0)):
        out["evidence"].append({**risk, "item": item, "value": value, "points": points, "origin": "risk_feature"})


EARLIER = "Declined on 3 March 2026 because he wished to wait; since then: 1 emergency admission."


def _on(pid) -> list[str]:
    """The separate lists somebody on the register is on."""
    n = pid // 5
    rules = {"end-of-life": n % 8 == 0, "frailty": True, "complexity": n % 5 < 2, "risk": n % 3 == 0, "care": n % 4 < 2}
    return [name for name, on in rules.items() if on]


def _why(pid, efi, band, hfrs) -> list[str]:
    said = [f"{band.capitalize()} frailty: {efi} of 36 deficits (eFI)"]
    said += [f"Hospital frailty score {hfrs}, {'high' if hfrs > 15 else 'intermediate'}", "Dementia"]
    return [
        *said,
        "Has home care",
        "2 emergency admissions in the last year, 12 nights (counted, as no risk model is in use)",
    ]


def _evidence(out, pid, efi, hfrs):
    day = AS_OF - timedelta(days=30 + pid)
    place = {"source_id": 1, "file_id": 0, "source_row": pid + 1}
    for i, item in enumerate(DEFICITS[: efi - 1]):
        dates = {"date": day - timedelta(days=100 * i), "last_date": day, "times": 1 + i % 3}
        coded = {"person_id": pid, "score": "efi", "item": item, "code_id": (0, 1, 3)[i % 3], "points": 1.0}
        out["evidence"].append({**coded, **dates, "origin": "event", **place})
    count = {
        "person_id": pid,
        "score": "efi",
        "item": "polypharmacy",
        "points": 1.0,
        "value": 7.0,
        "origin": "prescribed",
    }
    out["evidence"].append(count)
    fracture = {"person_id": pid, "score": "hfrs", "item": "S72", "code_id": 7, "date": day, "points": hfrs, "times": 1}
    out["evidence"].append({**fracture, "origin": "diagnosis", "source_id": 2, "file_id": 1, "source_row": pid + 1})


NEEDS = (
    (
        "medication-review",
        8,
        "no review of medicines for 15 months",
        "Ask the pharmacist for a structured medication review",
    ),
    ("falls-assessment", 6, "a fall recorded, and no assessment since", "Refer to the falls service"),
    (
        "contact-after-discharge",
        5,
        "home from hospital 6 days ago, nobody has rung",
        "Ring within three days of discharge",
    ),
)


def _found(out):
    """What the room find says of everybody: features, lists, flags, segments, needs, what became of the register."""
    for person in out["person"]:
        pid, on = person["person_id"], []
        where = {"person_id": pid, "practice_code": person["practice_code"]}
        if person["death_date"] is None:
            age = (AS_OF - person["birth_date"]).days // 365
            none = dict.fromkeys(("emergency_admissions", "emergency_attendances", "emergency_bed_days"), 0)
            out["feature"].append({**where, "age": age, **none, "home_care": pid % 5 == 0, "care_home": False})
            segment = "age-well" if pid % 5 == 0 else "die-well" if pid == 1 else "live-well"
            rule = {"rule_set": "snee-2024", "because": "4 or more long-term conditions"}
            out["segment"].append({"person_id": pid, "segment": segment, **rule})
            counted = {"practice_code": person["practice_code"], "segment": segment, "age_band": "65-74"}
            out["segment_count"].append({**counted, "people": 1, "of": pid})
        if pid % 5 == 4:
            out["score"].append({"person_id": pid, "score": "efi", "value": 2.0, "band": "fit"})
        if pid % 5 == 0:
            on = _on(pid)
        elif pid % 5 < 3:
            on = [("frailty", "risk")[pid % 5 - 1]]
        for cohort in on:
            of = {"rank": pid // 5 + 1, "level": 1, "value": 9.0, "benefit": 8, "because": _because(cohort)}
            out["cohort_member"].append({**where, "cohort": cohort, **of})
        if pid % 5 == 0:
            _of_the_register(out, pid, where)
    since = AS_OF - timedelta(days=2)
    fall = "home from hospital after a fracture of the hip"
    sudden = {"person_id": 10, "since": since, "because": fall}
    out["sudden_entry"].append({**sudden, "entry": "discharge-after-fall"})
    of = {"practice_code": "Y00001", "cohort": "sudden", "rank": 1, "level": 1, "benefit": 19}
    out["cohort_member"].append({**sudden, **of})


def _because(cohort) -> str:
    return {"frailty": "Moderate frailty: 9 of 36 deficits (eFI)", "end-of-life": "Palliative care recorded"}.get(
        cohort,
        {"care": "Has home care", "complexity": "Dementia"}.get(cohort, "2 emergency admissions in the last year"),
    )


def _of_the_register(out, pid, where):
    for need, points, because, action in NEEDS[: 3 if pid % 10 == 0 else 1]:
        shown = {"since": AS_OF - timedelta(days=90), "because": because, "action": action}
        out["need"].append({"person_id": pid, "need": need, "points": points, **shown})
    if pid % 10 == 0:
        place = {"source_id": 1, "file_id": 0, "source_row": pid + 1, "origin": "event"}
        days = {"since": date(2024, 5, 4), "last_date": AS_OF}
        out["flag"].append({"person_id": pid, "flag": "dementia", "code_id": 2, **days, **place})
    change = {"change": "entered", "cause": "chosen", "because": "Third on the list Frailty of the practice."}
    out["register_change"].append(
        {**where, **change, "rank": pid // 5 + 1, "rank_before": 30, "before": date(2026, 11, 13)}
    )


def _counts(out):
    for i, (code, (_name, size)) in enumerate(PRACTICES.items()):
        for m in range(1, 13):
            n = max(1, size // 12)
            out["activity"].append(
                {
                    "month": date(2025, m, 1),
                    "provider_code": "RX901",
                    "practice_code": code,
                    "kind": "admission",
                    "method": "emergency",
                    "currency": "HT13C",
                    "age_band": "65-and-over",
                    "quantity": n,
                    "bed_days": 6 * n,
                }
            )
            out["payment_line"].append(
                {
                    "rule": "activity",
                    "provider_code": "RX901",
                    "practice_code": code,
                    "month": date(2025, m, 1),
                    "item": "emergency admission HT13C",
                    "quantity": float(n),
                    "unit_price_pence": 512397,
                    "amount_pence": 512397 * n,
                    "explanation": f"{n} emergency admissions with currency HT13C × £5,123.97 = £{5123.97 * n:,.2f}",
                }
            )
            out["payment_line"].append(
                {
                    "rule": "capitation",
                    "provider_code": "RX901",
                    "practice_code": code,
                    "month": date(2025, m, 1),
                    "item": "people",
                    "quantity": float(size),
                    "unit_price_pence": 43000,
                    "amount_pence": 43000 * size,
                    "explanation": f"{size} weighted people × £430.00 = £{430 * size:,.2f}",
                }
            )
        small = size < 30
        years = size * 0.3
        value = [210.0, 260.0, None][i]
        out["rate"].append(
            {
                "measure": "emergency-admissions-65",
                "organisation_code": code,
                "period_start": date(2025, 11, 21),
                "period_end": AS_OF,
                "numerator": None if small else int((value or 0) * years / 1000),
                "denominator": None if small else years,
                "value": value,
                "lower": None if small else value * 0.7,
                "upper": None if small else value * 1.4,
                "target": 228.0,
                "limit_95_lower": 120.0 - i,
                "limit_95_upper": 340.0 + 10 * i,
                "limit_998_lower": 80.0,
                "limit_998_upper": 420.0,
                "suppressed": small,
            }
        )
