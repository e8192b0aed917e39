"""Pages and the intake of messages read one open record, which a process lets go of before it forks."""

from datetime import date

from carestead import results
from carestead.api.known import published_id
from carestead.web import published


def test_pages_and_messages_share_the_record_that_is_open(pages, small_area):
    kept = published.published().snapshot
    assert published_id(small_area) == kept.manifest.id
    assert results.newest(small_area) is kept
    assert published.published().snapshot is kept


def test_what_was_let_go_of_is_opened_anew(pages, small_area):
    before = published.published()
    published.forget()
    assert results.newest(small_area) is not before.snapshot
    assert published.published() is not before
    assert published.published().as_of == date(2026, 11, 20)
