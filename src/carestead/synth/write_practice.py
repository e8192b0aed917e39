"""A GP practice's own system as FHIR R4 bulk NDJSON: everything about its own people, nothing about others."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from carestead.synth import group as g
from carestead.synth import misspell
from carestead.synth.contacts import practice_on
from carestead.synth.facts import Columns, facts
from carestead.synth.history import allergies
from carestead.synth.local_ids import local_ids
from carestead.synth.made import Neighbourhood
from carestead.synth.population import NEVER
from carestead.synth.reviews import reviews
from carestead.synth.streams import stream
from carestead.synth.supplier import FhirFolder, Source, describe, size

_ORGANISATIONS = ("org-1", "org-2", "org-3", "org-4", "org-5")
_OUTSIDE = (
    (g.GROUP, "Riverside Group of Practices", "group"),
    (g.HOSPITAL, "Riverside General Hospital", "acute-trust"),
    (g.COMMUNITY, "Riverside Community Health", "community-trust"),
    (g.MENTAL_HEALTH, "Riverside Mental Health", "mental-health-trust"),
)


class Practice(FhirFolder):
    """Practice number `index` of the neighbourhood, writing its folder `practice-<ods>`."""

    def __init__(self, con: Any, out: Path, made: Neighbourhood, index: int) -> None:
        self.con, self.made, self.index = con, made, index
        self.code = made.people.group.codes[index]
        self.folder = out / f"practice-{self.code.lower()}"
        self.folder.mkdir(parents=True)
        people = made.people
        self.now = people.practice == index
        self.earlier = people.before == index
        self.ids = local_ids(made.seed, self.code, self.now | self.earlier)
        self.rows = self.broken = 0

    def write(self, as_of: date) -> Source:
        """Write every file of the folder."""
        self._organisations()
        self._staff()
        self._patients()
        self._registrations()
        self._history()
        self._medicines()
        self._appointments()
        self._letters()
        self._relations()
        name = self.made.people.group.names[self.index]
        describe(self.folder, title=name, kind="gp", organisation=self.code, days=1, last=as_of)
        n = len(self.ids.rows)
        return Source(self.folder.name, "gp", n, self.rows, self.broken, size(self.folder), self.ids.text)

    def _organisations(self) -> None:
        own = (self.code, self.made.people.group.names[self.index], "practice")
        code, name, kind = (np.array(c, dtype=object) for c in zip(own, *_OUTSIDE, strict=True))
        part_of = np.array(["org-2", None, None, None, None], dtype=object)
        ids = np.array(_ORGANISATIONS, dtype=object)
        frame = {"id": ids, "code": code, "name": name, "kind": kind, "part_of": part_of}
        self._write("Organization", "organisation", frame)

    def _staff(self) -> None:
        staff = self.made.people.group.staff
        mine = (staff["practice"] == self.index) | ((staff["practice"] == -1) & (self.index == 0))
        at = np.flatnonzero(mine)
        frame = {k: staff[k][at] for k in ("code", "name", "female", "birth")}
        frame |= {"id": _staff_ids(at), "is_doctor": staff["role"][at] == "gp"}
        self._write("Practitioner", "practitioner", frame)
        roles = {k: staff[k][at] for k in ("role", "sessions", "leave_start", "leave_end")}
        where = np.where(staff["practice"][at] == -1, "org-2", "org-1").astype(object)
        roles |= {"practitioner": _staff_ids(at), "organisation": where}
        self._write("PractitionerRole", "practitioner_role", roles)

    def _patients(self) -> None:
        made, rows, people = self.made, self.ids.rows, self.made.people
        w = misspell.written(made.seed, self.code, made.truth, rows, misspell.GP)
        ethnicity = people.ethnicity[made.homes.head][rows]
        usual = np.where(self.now, made.usual, made.usual_before)[rows]
        frame = dict(vars(w))
        frame |= {
            "id": self.ids.text[rows],
            "death": people.death[rows].astype(np.int64),
            "gp": _staff_ids(usual),
            "organisation": np.full(len(rows), "org-1", dtype=object),
            "lsoa": np.array([f"E0199{a:04d}" for a in people.lsoa[rows]], dtype=object),
            "decile": people.decile[rows],
            "ethnicity": facts("ethnicity")["category"][ethnicity],
            "ethnicity_display": facts("ethnicity")["display"][ethnicity],
        }
        self._write("Patient", "patient", frame)

    def _registrations(self) -> None:
        people = self.made.people
        now, earlier = (self.ids.rows[k[self.ids.rows]] for k in (self.now, self.earlier))
        finish = np.minimum(people.left, people.death)[now]
        frame = {
            "patient": self.ids.text[np.r_[now, earlier]],
            "start": np.r_[people.start[now], people.before_start[earlier]].astype(np.int64),
            "finish": np.r_[finish, people.start[earlier]].astype(np.int64),
            "organisation": np.full(len(now) + len(earlier), "org-1", dtype=object),
        }
        self._write("EpisodeOfCare", "episode_of_care", frame)

    def _mine(self, frame: Columns, *, before_too: bool = False) -> Columns:
        """The rows of people registered here on the day; with `before_too` also what came with them from elsewhere."""
        at = practice_on(self.made.people, frame["person"], frame["date"]) == self.index
        if before_too:
            at |= self.now[frame["person"]]
        out = {k: v[at] for k, v in frame.items()}
        out["patient"] = self.ids.text[out["person"]]
        return out

    def _history(self) -> None:
        made = self.made
        problems = self._mine(made.conditions, before_too=True)
        problems["finish"] = problems.pop("end")
        self._write("Condition", "condition", problems)
        self._write("Observation", "observation", self._mine(made.observations))
        self._write("Immunization", "immunization", self._mine(made.immunisations))
        known = allergies(made.seed, made.people, "gp", 0.93)
        self._write("AllergyIntolerance", "allergy_intolerance", self._mine(known, before_too=True))
        self._write("Procedure", "review", self._reviews())

    def _reviews(self) -> Columns:
        made = self.made
        frame = reviews(made.seed, self.code, made.people, self.now, made.conditions)
        return {**frame, "patient": self.ids.text[frame["person"]]}

    def _medicines(self) -> None:
        frame = self._mine(self.made.prescriptions)
        frame |= described(frame["medicine"])
        frame |= {"finish": frame.pop("end"), "is_repeat": frame.pop("repeat")}
        frame["encounter"] = np.full(len(frame["person"]), None, dtype=object)
        self._write("MedicationRequest", "medication_request", frame)

    def _appointments(self) -> None:
        frame = self._mine(self.made.appointments)
        frame["practitioner"] = _staff_ids(frame["clinician"])
        self._write("Appointment", "appointment", frame)

    def _letters(self) -> None:
        """Referrals to the hospital and the trusts, and the discharge summaries that reached the practice."""
        rng, made = stream(self.made.seed, "letters", self.code), self.made
        new = {k: v[made.outpatients["new"]] for k, v in made.outpatients.items()}
        new["seen"] = new["date"]
        new["date"] = np.maximum(new["date"] - rng.integers(7, 120, len(new["date"])), made.people.birth[new["person"]])
        asked = self._mine(new)
        n = len(asked["person"])
        frame = {
            "patient": asked["patient"],
            "date": asked["date"],
            "finish": np.where(asked["attended"], asked["seen"], NEVER),
            "service": facts("outpatients")["name"][asked["clinic"]],
            "priority": np.where(rng.random(n) < 0.15, "urgent", "routine").astype(object),
            "status": np.where(asked["attended"], "completed", "active").astype(object),
            "performer": np.full(n, "org-3", dtype=object),
        }
        self._write("ServiceRequest", "service_request", frame)
        sent = self._mine({k: made.admissions[k] for k in ("person", "date", "end", "emergency")})
        sent["date"] = sent.pop("end")
        keep = rng.random(len(sent["person"])) < 0.8
        letters = summaries({k: v[keep] for k, v in sent.items()}, "org-3")
        self._write("DocumentReference", "document_reference", letters)

    def _relations(self) -> None:
        made, known = self.made, self.ids.text
        homes, truth = made.homes, made.truth
        shared = np.bincount(homes.household)[homes.household] > 1
        living = np.flatnonzero(self.now & shared & (homes.care_home < 0) & made.people.here)
        both = self.now[homes.cared_for] & made.people.here[homes.cared_for]
        carer, cared = homes.carer[both], homes.cared_for[both]
        alone = homes.outside[self.now[homes.outside]]
        none = np.full(len(living), None, dtype=object)
        stranger = np.roll(truth.given, 7)[alone] + " " + truth.maiden[alone]
        house = np.array([f"household-{h}" for h in homes.household[living]], dtype=object)
        n = len(carer) + len(alone)
        frame = {
            "patient": known[np.r_[living, cared, alone]],
            "kind": np.array(["household"] * len(living) + ["carer"] * n, dtype=object),
            "related": np.r_[house, known[carer], np.full(len(alone), None)],
            "name": np.r_[none, truth.given[carer] + " " + truth.family[carer], stranger],
            "phone": np.r_[none, truth.phone[carer], np.roll(truth.phone, 7)[alone]],
            "start": np.r_[np.full(len(living), NEVER), np.full(n, made.people.as_of - 500)],
        }
        self._write("RelatedPerson", "related_person", frame)


def _staff_ids(rows: np.ndarray) -> np.ndarray:
    return np.array([None if r < 0 else f"g{r + 1}" for r in rows.tolist()], dtype=object)


def described(medicine: np.ndarray) -> Columns:
    """The columns of medicines, by row of `medicines.csv`."""
    f = facts("medicines")
    names = {"code": "dmd", "display": "name", "bnf": "bnf", "dose": "dose", "quantity": "quantity", "unit": "unit"}
    return {column: f[fact][medicine] for column, fact in names.items()}


def summaries(sent: Columns, author: str) -> Columns:
    """Discharge summaries of admissions with `patient`, `date` (of discharge); `encounter` kept when given."""
    n = len(sent["patient"])
    texts = {"code": "373942005", "display": "Discharge summary", "title": "Discharge summary", "author": author}
    frame = {k: np.full(n, v, dtype=object) for k, v in texts.items()}
    encounter = sent.get("encounter", np.full(n, None, dtype=object))
    return {**frame, "patient": sent["patient"], "date": sent["date"], "encounter": encounter}
