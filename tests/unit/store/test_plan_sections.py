"""Sections of a plan: every heading is written and read back; two who write one both see what the other wrote."""

from functools import partial

import pytest
from tests.at_once import at_once
from tests.unit.store.planning import NOW, STRENGTHS, enrol

from carestead.care.headings import PARTS
from carestead.store.care.acting import NotPossibleError
from carestead.store.care.log import ChangedMeanwhileError, untold
from carestead.store.care.models import PlanSection
from carestead.store.care.plans import start_plan
from carestead.store.care.sections import Place, sections, write_section

PLACES = [Place(p.id, h.id, n) for p in PARTS for h in p.headings for n in ((1, 2) if p.several else (1,))]


@pytest.fixture
def draft(db, gp, coordinator):
    return start_plan(person_id=enrol(gp), by=coordinator, at=NOW)


def write(draft, by, text, version=0, place=STRENGTHS):
    return write_section(plan_id=draft.pk, place=place, text=text, version=version, by=by, at=NOW)


def test_every_heading_is_written_and_read_back(draft, coordinator):
    for n, place in enumerate(PLACES):
        write(draft, coordinator, f" {n}:\r\n“{place.heading}” £ 😀 ", place=place)
    kept = sections(draft.pk)
    assert len(kept) == len(PLACES) == 44
    for n, place in enumerate(PLACES):
        section = kept[(place.part, place.number, place.heading)]
        assert section.text == f" {n}:\r\n“{place.heading}” £ 😀 "
        assert (section.written_by, section.written_by_code, section.written_at) == ("Kim Teal", "K1", NOW)
    assert list(untold()) == []


def test_each_writing_is_a_version(draft, gp, coordinator):
    write(draft, coordinator, "Walks")
    assert write(draft, gp, "Walks far", version=1).version == 2
    assert PlanSection.objects.get().written_by == "Dr Ada Quill"


def test_the_second_who_writes_is_shown_what_the_first_wrote(draft, gp, coordinator):
    write(draft, coordinator, "Walks")
    for version in (0, 5):
        with pytest.raises(ChangedMeanwhileError) as told:
            write(draft, gp, "Swims", version=version)
        assert (told.value.now.text, told.value.now.version) == ("Walks", 1)
    write(draft, gp, "Walks and swims", version=told.value.now.version)
    assert PlanSection.objects.get().text == "Walks and swims"


def test_a_version_of_what_was_never_written_is_stale(draft, coordinator):
    with pytest.raises(ChangedMeanwhileError):
        write(draft, coordinator, "Walks", version=1)


def test_a_heading_that_is_none_is_refused(draft, coordinator):
    with pytest.raises(NotPossibleError, match="has no heading strength"):
        write(draft, coordinator, "x", place=Place("plan", "strength"))
    assert not PlanSection.objects.exists()


def test_two_at_the_same_instant(committed, gp, coordinator):
    draft = start_plan(person_id=enrol(gp), by=coordinator, at=NOW)

    def one(n: int) -> str:
        try:
            write(draft, gp, f"From {n}")
        except ChangedMeanwhileError as told:
            return "told" if told.now else "told nothing"
        return "written"

    said = at_once([partial(one, n) for n in range(4)])
    assert sorted(said) == ["told"] * 3 + ["written"]
    assert list(untold()) == []
