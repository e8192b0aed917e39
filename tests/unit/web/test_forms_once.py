"""A form that is sent twice is done once, and says the same both times."""

import re
import threading

import pytest
from django.db import connections

from carestead.store.find.models import Decision, Enrolment

ADDRESS = "/people/10/decide/"


def filled(client, **changed) -> dict[str, str]:
    """The form of the page as a browser would send it."""
    mark = re.search(r'name="once" value="([^"]+)"', client.get(ADDRESS).content.decode())[1]
    return {"decision": "decline", "version": "0", "decline_reason": "Moves to Wales", "once": mark, **changed}


def test_a_second_click_says_what_the_first_did_and_does_nothing(pages):
    gp = pages("gp")
    sent = filled(gp)
    first, second = (gp.post(ADDRESS, sent, follow=True) for _ in range(2))
    for answer in (first, second):
        assert answer.redirect_chain == [("/people/10/", 302)]
        assert "Declined. Nothing changes for the person." in answer.content.decode()
    assert Decision.objects.count() == 1


def test_a_form_sent_again_with_other_answers_is_not_taken_for_the_first(pages):
    gp = pages("gp")
    sent = filled(gp)
    gp.post(ADDRESS, sent)
    answer = gp.post(ADDRESS, {**sent, "decline_reason": "Does not want it", "version": "1"})
    assert answer.status_code == 409
    assert "sent before, with other answers" in answer.content.decode()
    assert [d.reason for d in Decision.objects.all()] == ["Moves to Wales"]


def test_a_form_with_a_mistake_may_be_sent_again(pages):
    gp = pages("gp")
    sent = filled(gp, decline_reason="")
    assert gp.post(ADDRESS, sent).status_code == 400
    assert gp.post(ADDRESS, {**sent, "decline_reason": "Moves to Wales"}).status_code == 302
    assert Decision.objects.count() == 1


def test_a_form_whose_mark_was_tampered_with_is_refused(pages):
    answer = pages("gp").post(ADDRESS, {"decision": "decline", "decline_reason": "x", "once": "' or 1=1"})
    assert "The form was incomplete" in answer.content.decode()
    assert not Decision.objects.exists()


@pytest.fixture
def committed_pages(transactional_db, pages):
    from django.db import connection

    from carestead.store import append_only

    append_only.protect(connection, *append_only.TABLES)
    yield pages
    append_only.release(connection, *append_only.TABLES)


def test_two_clicks_at_once_are_one(committed_pages):
    """As a double click sends them: both are on their way before either is answered."""
    gp = committed_pages("gp")
    sent, said, ready = filled(gp), [], threading.Barrier(2)

    def click() -> None:
        try:
            ready.wait()
            said.append(gp.post(ADDRESS, sent).headers.get("Location"))
        finally:
            connections.close_all()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert said == ["/people/10/", "/people/10/"]
    assert Enrolment.objects.get().version == 1
    assert Decision.objects.count() == 1
