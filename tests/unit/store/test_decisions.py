"""What is decided on pages comes back to the next run as rows."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from carestead.core.finding import InputError
from carestead.sources import decisions as read_back
from carestead.store import decisions
from carestead.store.assign.models import Wish
from carestead.store.find.actions import Shown, accept_proposal, decline_proposal, defer_proposal
from carestead.store.find.models import Decision

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)


def test_decisions_come_back_as_rows_of_the_contract(gp, tmp_path: Path):
    until = date(2027, 1, 8)
    decline_proposal(person_id=7, version=0, practice_code="Y00001", reason="Moved away", by=gp)
    defer_proposal(person_id=8, version=0, practice_code="Y00001", reason="In hospital", review_on=until, by=gp)
    holders = {"named_gp_code": "G1", "coordinator_code": "K1"}
    accept_proposal(person_id=9, version=0, practice_code="Y00001", **holders, by=gp)
    decisions.write(tmp_path)
    rows = read_back.read(tmp_path)["decision"]
    said = {(r["person_id"], r["kind"]): (r["practitioner_code"], r["reason"], r["until"]) for r in rows}
    assert said == {
        (7, "declined"): (None, "Moved away", None),
        (8, "deferred"): (None, "In hospital", until),
        (9, "accepted"): (None, None, None),
        (9, "named-gp"): ("G1", None, None),
        (9, "coordinator"): ("K1", None, None),
    }
    assert all(isinstance(r["decided_on"], date) for r in rows)


def test_nothing_decided_is_no_rows_and_a_spoiled_file_is_refused(tmp_path: Path):
    assert read_back.read(tmp_path) == {"decision": [], "link": [], "wish": []}
    (tmp_path / "decisions.json").write_text("{")
    with pytest.raises(InputError, match=r"decisions\.json cannot be read"):
        read_back.read(tmp_path)


def test_what_the_proposal_showed_is_kept_with_the_decision_and_comes_back(gp, tmp_path: Path):
    shown = Shown(date(2026, 11, 20), "frailty:1,care:1", "Moderate frailty; Has home care")
    common = {"practice_code": "Y00001", "version": 0, "reason": "Family helps", "by": gp}
    decline_proposal(person_id=7, shown=shown, **common)
    decline_proposal(person_id=8, **common)
    assert Decision.objects.get(person_id=7).shown_reasons == "Moderate frailty; Has home care"
    decisions.write(tmp_path)
    rows = {r["person_id"]: r for r in read_back.read(tmp_path)["decision"]}
    assert (rows[7]["shown_on"], rows[7]["shown_cohorts"]) == (date(2026, 11, 20), "frailty:1,care:1")
    assert (rows[8]["shown_on"], rows[8]["shown_cohorts"]) == (None, None)


def test_wishes_that_were_not_taken_back_come_back(tmp_path: Path):
    said = {"kind": "not-this-gp", "said_on": date(2026, 11, 2), "recorded_by": "gp", "recorded_at": NOW}
    Wish.objects.create(person_id=7, value="G1", **said)
    Wish.objects.create(person_id=8, value="G2", withdrawn_at=NOW, **said)
    decisions.write(tmp_path)
    assert read_back.read(tmp_path)["wish"] == [
        {"person_id": 7, "kind": "not-this-gp", "value": "G1", "said_on": date(2026, 11, 2)}
    ]
