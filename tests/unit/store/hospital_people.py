"""People the hospital may tell of, and a feed that tells."""

from datetime import UTC, date, datetime, timedelta

from carestead.sources.messages import HospitalEvent, Kind, Reading
from carestead.store.assign.actions import open_responsibility
from carestead.store.care import stays
from carestead.store.care.feeds import open_feed
from carestead.store.care.people import Known
from carestead.store.find.models import Enrolment

ADA = Known(7, date(1941, 5, 17), None, "Y00001", "GRP1", ("Home care from Kettle & Co",))
NUMBER = "9990000018"
LEFT = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)


def find(number: str) -> list[Known]:
    return [ADA] if number == NUMBER else []


def finder(area, on):
    """As `carestead.api.known.finder`, for whoever looks it up by name."""
    return find


def event(kind: str = "discharge", hours: float = 0, **more) -> HospitalEvent:
    told = {"nhs_number": NUMBER, "organisation_code": "RZZ", "ward": "Ward 4"} | more
    return HospitalEvent("teasel", more.pop("visit_id", "V1"), Kind(kind), LEFT + timedelta(hours=hours),
                         **{k: v for k, v in told.items() if k != "visit_id"})  # fmt: skip


def hear(event: HospitalEvent, at: datetime | None = None, who=find) -> stays.Receipt:
    reading = Reading(event, (), f"{event.kind} {event.happened_at}")
    return stays.receive_message(reading=reading, source=event.source, find=who, at=at or LEFT + timedelta(hours=1))


def feed(by) -> str:
    return open_feed(source="teasel", name="Teasel Hospital", expected_every_minutes=60, by=by, organisation_code="RZZ")


def enrol(by, person_id: int = 7, since: datetime = LEFT - timedelta(days=90)) -> None:
    Enrolment.objects.create(
        person_id=person_id, practice_code="Y00001", state="accepted", decided_by="x", decided_at=since
    )
    for role, code in (("named-gp", "G1"), ("coordinator", "K1")):
        open_responsibility(person_id=person_id, role=role, practitioner_code=code, by=by, at=since)
