"""The pages of load and simulation over the small area."""

import pytest
from django.utils import timezone

from carestead.store.assign.models import Wish
from carestead.store.audit.models import AuditEvent


def test_the_load_page_weighs_people_and_says_how_good_the_placement_is(pages):
    text = pages("lead").get("/load/").content.decode()
    assert "minutes a week of the 600 that are kept for them" in text
    assert "It is proven that no other placement is better by the rules." in text
    assert "Another placement could cost up to 2.00% less by the rules." in text
    assert "Practices with one GP" in text


def test_a_gp_who_leaves(pages):
    answer = pages("lead").get("/load/what-breaks/", {"of": "gp", "what": "leaves", "who": "G1"})
    text = answer.content.decode()
    assert "What breaks if Dr Ada Quill leaves?" in text
    assert "on the register would be without a named GP" in text
    assert "Dr Ben Rook" in text
    event = AuditEvent.objects.filter(action="see-what-breaks").latest("pk")
    assert event.people
    assert all(f"/people/{person}/" in text for person in event.people)


def test_who_is_alone_is_said_with_who_would_cover(pages):
    text = pages("lead").get("/load/what-breaks/", {"what": "away", "who": "G3"}).content.decode()
    assert "Works alone; proposed to cover" in text
    assert "Cheapest: " in text


@pytest.mark.parametrize("asked", [{"what": "closes", "who": "Y00002"}, {"what": "leaves", "who": "K1"}])
def test_a_practice_closes_and_a_coordinator_leaves(pages, asked):
    answer = pages("lead").get("/load/what-breaks/", asked)
    assert answer.status_code == 200
    assert 'id="answer"' in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"of": "gp", "what": "leaves", "who": ""}, "Choose who, or which practice."),
        ({"of": "practice", "what": "closes", "who": "Y999"}, "There is no practice Y999."),
        ({"of": "gp", "what": "explodes", "who": "G1"}, "Choose what might happen."),
        ({"of": "<b>", "what": "leaves", "who": "<b>"}, "There is no GP or coordinator &lt;b&gt;."),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_field(pages, asked, words):
    answer = pages("lead").get("/load/what-breaks/", asked)
    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_the_table_as_csv_has_counts_and_no_person(pages):
    client = pages("lead")
    answer = client.get("/load/what-breaks/table.csv", {"what": "leaves", "who": "G1"})
    lines = answer.content.decode().splitlines()
    assert lines[0] == "code,name,organisation,how,people,minutes_a_week,minutes_left"
    assert len(lines) > 1
    assert client.get("/load/what-breaks/table.csv", {"who": "?"}).status_code == 302


def test_only_a_lead_may_ask(pages):
    assert pages("gp").get("/load/what-breaks/", {"what": "leaves", "who": "G1"}).status_code == 403


def test_asking_changes_nothing(pages):
    before = Wish.objects.count(), timezone.now()
    pages("lead").get("/load/what-breaks/", {"what": "leaves", "who": "G1"})
    assert Wish.objects.count() == before[0]
