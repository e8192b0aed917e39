"""The hospital's system as FHIR R4 bulk NDJSON: encounters with HRG, ICD-10, OPCS-4, discharge medicines, letters."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from carestead.synth import group as g
from carestead.synth import misspell
from carestead.synth.facts import Columns, facts
from carestead.synth.history import allergies
from carestead.synth.local_ids import local_ids
from carestead.synth.made import Neighbourhood
from carestead.synth.population import NEVER
from carestead.synth.streams import stream
from carestead.synth.supplier import FhirFolder, Source, describe, size
from carestead.synth.write_practice import described, summaries

_PRIORITY = {"emergency": "EM", "elective": "EL", "maternity": "EL"}


class Hospital(FhirFolder):
    """The one hospital of the neighbourhood, writing its folder `hospital-<ods>`."""

    def __init__(self, con: Any, out: Path, made: Neighbourhood) -> None:
        self.con, self.made, self.rows, self.broken = con, made, 0, 0
        self.folder = out / f"hospital-{g.HOSPITAL.lower()}"
        self.folder.mkdir(parents=True)
        known = np.zeros(len(made.people), dtype=bool)
        for frame in (made.admissions, made.attendances, made.outpatients):
            known[frame["person"]] = True
        self.ids = local_ids(made.seed, "hospital", known)
        staff = made.people.group.staff
        self.consultants = np.flatnonzero(staff["practice"] == -2)

    def write(self, as_of: date) -> Source:
        """Write every file of the folder."""
        self._staff()
        self._patients()
        self._encounters()
        self._diagnoses()
        self._medicines_and_letters()
        describe(
            self.folder, title="Riverside General Hospital", kind="acute", organisation=g.HOSPITAL, days=7, last=as_of
        )
        return Source(
            self.folder.name, "acute", len(self.ids.rows), self.rows, self.broken, size(self.folder), self.ids.text
        )

    def _staff(self) -> None:
        staff, at = self.made.people.group.staff, self.consultants
        own = {"id": "org-1", "code": g.HOSPITAL, "name": "Riverside General Hospital", "kind": "acute-trust"}
        org = {k: np.array([v], dtype=object) for k, v in (own | {"part_of": None}).items()}
        self._write("Organization", "organisation", org)
        frame = {k: staff[k][at] for k in ("code", "name", "female", "birth")}
        ids = np.array([f"g{i + 1}" for i in range(len(at))], dtype=object)
        self._write("Practitioner", "practitioner", {**frame, "id": ids, "is_doctor": np.full(len(at), True)})
        roles = {k: staff[k][at] for k in ("role", "sessions", "leave_start", "leave_end")}
        here = np.full(len(at), "org-1", dtype=object)
        self._write("PractitionerRole", "practitioner_role", {**roles, "practitioner": ids, "organisation": here})

    def _patients(self) -> None:
        made, rows = self.made, self.ids.rows
        w = misspell.written(made.seed, "hospital", made.truth, rows, misspell.ACUTE)
        frame = dict(vars(w))
        none = np.full(len(rows), None, dtype=object)
        told = stream(made.seed, "deaths the hospital knows").random(len(made.people)) < 0.7
        frame |= dict.fromkeys(("gp", "lsoa", "decile", "ethnicity", "ethnicity_display"), none)
        frame |= {
            "id": self.ids.text[rows],
            "death": np.where(told, made.people.death, NEVER)[rows].astype(np.int64),
            "organisation": np.full(len(rows), "org-1", dtype=object),
        }
        self._write("Patient", "patient", frame)
        self._write("AllergyIntolerance", "allergy_intolerance", self._allergies())

    def _allergies(self) -> Columns:
        known = allergies(self.made.seed, self.made.people, "hospital", 0.7)
        at = np.array([t is not None for t in self.ids.text[known["person"]]], dtype=bool)
        out = {k: v[at] for k, v in known.items()}
        return {**out, "patient": self.ids.text[out["person"]]}

    def _encounters(self) -> None:
        made, f = self.made, facts("admissions")
        a, e, o = made.admissions, made.attendances, made.outpatients
        still = (a["end"] >= made.people.as_of) & (a["destination"] != "died")
        method = f["method"][a["cause"]]
        self._meetings(
            "i",
            a,
            kind="IMP",
            status=np.where(still, "in-progress", "finished").astype(object),
            finish=np.where(still, NEVER, a["end"]),
            hrg=f["hrg"][a["cause"]],
            priority=np.array([_PRIORITY[m] for m in method], dtype=object),
            admitted=np.where(method == "maternity", "mp", None),
            destination=np.where(still, None, a["destination"]),
        )
        self._meetings("e", e, kind="EMER", finish=e["date"], hrg=e["hrg"], priority=_same("EM", e))
        came = np.where(o["attended"], "finished", "cancelled").astype(object)
        clinic = facts("outpatients")["specialty"][o["clinic"]]
        self._meetings("o", o, kind="AMB", status=came, finish=o["date"], hrg=o["hrg"], specialty=clinic)

    def _meetings(self, prefix: str, frame: Columns, *, kind: str, **columns: np.ndarray) -> None:
        n = len(frame["person"])
        seen = stream(self.made.seed, "consultants", prefix).integers(0, len(self.consultants), n) + 1
        empty = {k: _same(None, frame) for k in ("priority", "specialty", "admitted", "destination")}
        made = {
            "id": np.array([f"{prefix}{i}" for i in range(1, n + 1)], dtype=object),
            "patient": self.ids.text[frame["person"]],
            "class": _same(kind, frame),
            "status": _same("finished", frame),
            "start": frame["date"],
            "practitioner": np.array([f"g{s}" for s in seen.tolist()], dtype=object),
        }
        self._write("Encounter", "encounter", {**empty, **made, **columns})

    def _diagnoses(self) -> None:
        made, d = self.made, self.made.diagnoses
        first = made.admissions["date"][d["admission"]]
        frame = {
            "patient": self.ids.text[d["person"]],
            "encounter": _stays(d["admission"]),
            "position": d["position"],
            "code": d["icd10"],
            "display": d["display"],
            "date": first,
        }
        self._write("Condition", "diagnosis", frame)
        opcs = facts("admissions")["opcs4"][made.admissions["cause"]].astype(object)
        at = np.flatnonzero(opcs != "")
        done = {
            "patient": self.ids.text[made.admissions["person"][at]],
            "encounter": _stays(at),
            "code": opcs[at],
            "date": made.admissions["date"][at],
        }
        self._write("Procedure", "procedure", done)

    def _medicines_and_letters(self) -> None:
        made, m, a = self.made, self.made.sent_home, self.made.admissions
        n = len(m["person"])
        frame = {**described(m["medicine"]), "patient": self.ids.text[m["person"]], "date": m["date"]}
        frame |= {"finish": m["date"] + 14, "is_repeat": np.zeros(n, dtype=bool), "encounter": _stays(m["admission"])}
        self._write("MedicationRequest", "medication_request", frame)
        over = np.flatnonzero((a["end"] < made.people.as_of) | (a["destination"] == "died"))
        sent = {"patient": self.ids.text[a["person"][over]], "date": a["end"][over], "encounter": _stays(over)}
        self._write("DocumentReference", "document_reference", summaries(sent, "org-1"))


def _stays(admission: np.ndarray) -> np.ndarray:
    return np.array([f"i{i + 1}" for i in admission.tolist()], dtype=object)


def _same(value: object, frame: Columns) -> np.ndarray:
    return np.full(len(frame["person"]), value, dtype=object)
