"""The community trust, the mental-health trust and the council as CSV extracts, each in its own layout."""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from carestead.synth import group as g
from carestead.synth import misspell
from carestead.synth.facts import Columns, facts
from carestead.synth.local_ids import local_ids
from carestead.synth.made import Neighbourhood
from carestead.synth.population import NEVER
from carestead.synth.streams import stream
from carestead.synth.supplier import Source, describe, size

_SILENT = timedelta(days=47)
"""How long the council has sent nothing."""


def write_csv(path: Path, columns: Columns, broken: tuple[str, ...] = ()) -> int:
    """Write columns as CSV with a header; `broken` lines follow the first record. Returns the number of records."""
    rows = zip(*(c.tolist() for c in columns.values()), strict=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        for n, row in enumerate(rows):
            if n == 1:
                out.writelines(f"{line}\n" for line in broken)
            writer.writerow(row)
    return len(next(iter(columns.values())))


def iso(days: np.ndarray) -> np.ndarray:
    """Dates as YYYY-MM-DD; nothing where NEVER or 0."""
    text = np.datetime_as_string(days.astype("datetime64[D]")).astype(object)
    text[(days == NEVER) | (days == 0)] = ""
    return text


def british(days: np.ndarray) -> np.ndarray:
    """Dates as DD/MM/YYYY; nothing where NEVER or 0."""
    return np.array(["/".join(reversed(d.split("-"))) for d in iso(days)], dtype=object)


def write_trust(out: Path, made: Neighbourhood, kind: str, as_of: date) -> Source:
    """The community (`kind` community) or mental-health trust: patients, contacts, referrals, staff."""
    mental = kind == "mental-health"
    code = g.MENTAL_HEALTH if mental else g.COMMUNITY
    contacts = made.mental_health if mental else made.community
    referrals = made.mental_health_referrals if mental else made.community_referrals
    folder = out / f"{kind}-{code.lower()}"
    folder.mkdir(parents=True)
    known = np.zeros(len(made.people), dtype=bool)
    known[contacts["person"]] = True
    ids = local_ids(made.seed, kind, known, "", 100_001)
    w = misspell.written(made.seed, kind, made.truth, ids.rows, misspell.CONTACTS)
    rows = write_csv(folder / "patients.csv", _patients(w, ids.text[ids.rows]), (_CUT_SHORT,))
    staff, seen = _staff(made, kind, code, contacts)
    rows += write_csv(folder / "staff.csv", staff)
    rows += write_csv(folder / "contacts.csv", _contacts(ids.text, contacts, code, seen), (_THIRTIETH, _NOBODY))
    rows += write_csv(folder / "referrals.csv", _referrals(made, ids.text, referrals, code))
    title = "Riverside Mental Health" if mental else "Riverside Community Health"
    describe(folder, title=title, kind=kind, organisation=code, map_="community-contacts", days=7, last=as_of)
    return Source(folder.name, kind, len(ids.rows), rows, 3, size(folder), ids.text)


_CUT_SHORT = "900001,9990000000,Broken"
_THIRTIETH = "900002,100001,2019-02-30,District nursing,community,Y,S1,RZC,225358003,Wound care"
_NOBODY = "900003,,2025-06-01,District nursing,community,Y,S1,RZC,225358003,Wound care"


def _patients(w: misspell.Written, ids: np.ndarray) -> Columns:
    return {
        "LocalPatientId": ids,
        "NHSNumber": _blank(w.number),
        "Surname": w.family,
        "Forename": w.given,
        "DateOfBirth": iso(w.birth),
        "Sex": w.sex,
        "AddressLine": w.address,
        "Postcode": w.postcode,
        "Phone": _blank(w.phone),
    }


def _blank(values: np.ndarray) -> np.ndarray:
    return np.array([v or "" for v in values], dtype=object)


def _staff(made: Neighbourhood, kind: str, code: str, contacts: Columns) -> tuple[Columns, np.ndarray]:
    """The teams' staff, about one for each 600 contacts of a team, and who (code) had each contact."""
    f, rng = facts("community_teams"), stream(made.seed, "team staff", kind)
    teams = np.flatnonzero(f["contact_type"] == kind)
    each = {int(t): max(1, int((contacts["team"] == t).sum() // 600)) for t in teams}
    team = np.repeat(teams, list(each.values()))
    surname = rng.permutation(facts("staff_names")["surname"])
    codes = np.array([f"{code}{i:04d}" for i in range(len(team))], dtype=object)
    first = np.array([np.flatnonzero(team == t)[0] if t in each else 0 for t in range(len(f["team"]))])
    many = np.array([each.get(t, 1) for t in range(len(f["team"]))])
    own = stream(made.seed, "team staff of", kind).integers(0, 1 << 30, len(made.people))[contacts["person"]]
    seen = codes[first[contacts["team"]] + own % many[contacts["team"]]]
    staff = {
        "StaffCode": codes,
        "Name": np.array(
            [f"{f['role'][t].capitalize()} {surname[i % len(surname)]}" for i, t in enumerate(team)], object
        ),
        "Role": f["role"][team],
        "OrgCode": np.full(len(team), code, dtype=object),
        "SessionsPerWeek": rng.integers(4, 11, len(team)),
    }
    return staff, seen


def _contacts(ids: np.ndarray, contacts: Columns, code: str, seen: np.ndarray) -> Columns:
    f, team = facts("community_teams"), contacts["team"]
    return {
        "ContactId": np.arange(1, len(team) + 1),
        "LocalPatientId": ids[contacts["person"]],
        "ContactDate": iso(contacts["date"]),
        "Team": f["team"][team],
        "ContactType": f["contact_type"][team],
        "Attended": np.where(contacts["attended"], "Y", "N"),
        "StaffCode": seen,
        "OrgCode": np.full(len(team), code, dtype=object),
        "ReasonSnomed": f["reason"][team],
        "ReasonTerm": f["term"][team],
    }


def _referrals(made: Neighbourhood, ids: np.ndarray, referrals: Columns, code: str) -> Columns:
    rng, n = stream(made.seed, "priority", code), len(referrals["person"])
    practices = np.array(made.people.group.codes, dtype=object)
    return {
        "ReferralId": np.arange(1, n + 1),
        "LocalPatientId": ids[referrals["person"]],
        "ReferralDate": iso(referrals["date"]),
        "Service": facts("community_teams")["team"][referrals["team"]],
        "FromOrg": practices[referrals["practice"]],
        "ToOrg": np.full(n, code, dtype=object),
        "Priority": np.where(rng.random(n) < 0.2, "urgent", "routine"),
        "Status": np.where(referrals["closed"] > 0, "completed", "active"),
        "ClosedDate": iso(referrals["closed"]),
    }


def write_council(out: Path, made: Neighbourhood, as_of: date) -> Source:
    """The council: clients, packages, carers, providers; nothing newer than its last delivery, weeks ago."""
    folder, last = out / f"council-{g.COUNCIL.lower()}", as_of - _SILENT
    folder.mkdir(parents=True)
    newest = made.people.as_of - _SILENT.days
    told = {k: v[made.packages["start"] <= newest] for k, v in made.packages.items()}
    told["end"] = np.where(told["end"] > newest, 0, told["end"])
    cares = np.isin(made.homes.cared_for, told["person"])
    carer, cared = made.homes.carer[cares], made.homes.cared_for[cares]
    known = np.zeros(len(made.people), dtype=bool)
    known[told["person"]] = known[carer] = True
    ids = local_ids(made.seed, "council", known, "C", 5_001)
    w = misspell.written(made.seed, "council", made.truth, ids.rows, misspell.COUNCIL)
    rows = write_csv(folder / "clients.csv", _clients(made, w, ids.text, ids.rows, newest), (_CUT_SHORT,))
    rows += write_csv(folder / "packages.csv", _packages(ids.text, told), (_THIRTY_FIRST, _TOO_MANY))
    rows += write_csv(folder / "carers.csv", _carers(made, ids.text, carer, cared))
    rows += write_csv(folder / "providers.csv", _providers(made))
    describe(
        folder,
        title="Riverside Council",
        kind="social-care",
        organisation=g.COUNCIL,
        map_="council-care",
        days=14,
        last=last,
    )
    return Source(folder.name, "social-care", len(ids.rows), rows, 3, size(folder), ids.text)


_THIRTY_FIRST = "900004,C5001,Home care,31/02/2025,,7,186.20,8HZ00,Z99"
_TOO_MANY = "900005,C5001,Home care,01/03/2025,,lots,186.20,8HZ00,Z99"


def _clients(made: Neighbourhood, w: misspell.Written, ids: np.ndarray, rows: np.ndarray, newest: int) -> Columns:
    death = made.people.death[rows].astype(np.int64)
    known = (death <= newest) & (stream(made.seed, "deaths the council knows").random(len(rows)) < 0.6)
    gender = {"F": "Female", "M": "Male", "U": "Unknown"}
    return {
        "ClientId": ids[rows],
        "NHSNumber": _blank(w.number),
        "Surname": w.family,
        "Forename": w.given,
        "DateOfBirth": british(w.birth),
        "Gender": np.array([gender[s] for s in w.sex], dtype=object),
        "Address": w.address,
        "Postcode": w.postcode,
        "DeathDate": british(np.where(known, death, NEVER)),
    }


def _packages(ids: np.ndarray, told: Columns) -> Columns:
    return {
        "PackageId": np.arange(1, len(told["person"]) + 1),
        "ClientId": ids[told["person"]],
        "ServiceType": told["kind"],
        "StartDate": british(told["start"]),
        "EndDate": british(told["end"]),
        "HoursPerWeek": np.array([f"{h:g}" if h else "" for h in told["hours"]], dtype=object),
        "WeeklyCost": np.array([f"{p // 100}.{p % 100:02d}" for p in told["pence"].tolist()], dtype=object),
        "ProviderCode": told["provider"],
        "FunderCode": told["funder"],
    }


def _carers(made: Neighbourhood, ids: np.ndarray, carer: np.ndarray, cared: np.ndarray) -> Columns:
    truth, partner = made.truth, made.homes.partner[cared] == carer
    since = made.people.as_of - 300 - carer % 900
    return {
        "ClientId": ids[cared],
        "CarerClientId": ids[carer],
        "CarerName": truth.given[carer] + " " + truth.family[carer],
        "CarerPhone": truth.phone[carer],
        "Relationship": np.where(partner, "Partner", "Son or daughter"),
        "StartDate": british(since),
    }


def _providers(made: Neighbourhood) -> Columns:
    group = made.people.group
    rows = [(c, n, "home-care") for c, n in group.home_care] + [(c, n, "care-home") for c, n, _ in group.care_homes]
    rows += [(g.COUNCIL, "Riverside Council", "council")]
    code, name, kind = (np.array(c, dtype=object) for c in zip(*rows, strict=True))
    return {"ProviderCode": code, "Name": name, "Kind": kind}
