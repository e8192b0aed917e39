"""Files of hospitals in a watched folder: taken once, put aside with words, never lost."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from tests.unit.store.hospital_people import LEFT, NUMBER, enrol, feed, find

from carestead.core.finding import StorageError
from carestead.store.care.message_files import take_folder
from carestead.store.care.models import HospitalMessage, Promise
from carestead.store.jobs.queue import claim, enqueue, perform

FINDER = "tests.unit.store.hospital_people.finder"
HEADER = "event,visit_id,happened_at,nhs_number\n"
ROW = f"discharge,V1,{LEFT.isoformat()},{NUMBER}\n"
NOW = LEFT + timedelta(hours=1)


@pytest.fixture
def folder(db, gp, tmp_path: Path) -> Path:
    enrol(gp)
    feed(gp)
    (tmp_path / "teasel").mkdir()
    return tmp_path


def put(folder: Path, name: str, text: str, source: str = "teasel", *, age: float = 60) -> Path:
    path = folder / source / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    os.utime(path, (NOW.timestamp() - age,) * 2)
    return path


def take(folder: Path):
    return list(take_folder(folder=folder, find=find, at=NOW))


def test_a_file_is_taken_and_put_aside(folder):
    path = put(folder, "a.csv", HEADER + ROW)
    [taken] = take(folder)
    assert (taken.path, taken.taken, taken.done) == (path.parent / "done" / "a.csv", 1, True)
    assert not path.exists()
    assert Promise.objects.count() == 1
    assert list(taken.path.parent.iterdir()) == [taken.path]
    assert take(folder) == []


def test_the_same_file_again_is_kept_beside_the_first(folder):
    put(folder, "a.csv", HEADER + ROW)
    take(folder)
    put(folder, "a.csv", HEADER + ROW)
    [again] = take(folder)
    assert (again.path.name, again.taken, again.duplicates) == ("a-2.csv", 0, 1)
    assert Promise.objects.count() == 1


def test_a_file_that_cannot_be_read_says_why_beside_it(folder):
    put(folder, "a.json", "{")
    [taken] = take(folder)
    assert (taken.path.parent.name, taken.refused) == ("refused", 1)
    assert "The JSON of this record ends before it is complete" in (taken.path.parent / "a.json.txt").read_text()
    assert HospitalMessage.objects.get().body == "{"


def test_good_rows_of_a_file_are_taken_and_the_others_named(folder):
    put(folder, "a.csv", HEADER + ROW + "born,V2,2026-11-25,\n")
    [taken] = take(folder)
    assert (taken.done, taken.taken, taken.refused) == (True, 1, 1)
    assert "a.csv, row 3: 'born' is no event" in (taken.path.parent / "a.csv.txt").read_text()


def test_a_folder_that_is_no_feed_says_so(folder):
    put(folder, "a.csv", HEADER + ROW, "nettle")
    [taken] = take(folder)
    assert not taken.done
    assert "There is no feed nettle. There are: teasel." in (taken.path.parent / "a.csv.txt").read_text()
    assert taken.path.read_text() == HEADER + ROW


@pytest.mark.parametrize(("name", "age"), [(".a.csv", 60), ("a.csv.part", 60), ("a.csv", 1)])
def test_half_written_files_are_left(folder, name, age):
    path = put(folder, name, HEADER + ROW, age=age)
    assert take(folder) == []
    assert path.exists()


def test_a_link_to_elsewhere_is_left(folder, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("x")
    (folder / "teasel" / "a.csv").symlink_to(secret)
    assert take(folder) == []


def test_a_file_with_a_time_ahead_of_our_clock_is_taken(folder):
    put(folder, "a.csv", HEADER + ROW, age=-86_400)
    assert len(take(folder)) == 1


def test_a_process_that_died_before_it_moved_the_file_takes_it_again(folder, monkeypatch):
    path = put(folder, "a.csv", HEADER + ROW)

    def full(*_args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", full)
        with pytest.raises(StorageError):
            take(folder)
    assert path.exists()
    [again] = take(folder)
    assert (again.duplicates, Promise.objects.count()) == (1, 1)


def test_the_worker_takes_the_folder_it_was_given(folder, settings, gp):
    settings.MESSAGES, settings.FIND_PEOPLE = folder, FINDER
    put(folder, "a.csv", HEADER + ROW)
    enqueue("take-messages")
    assert perform(claim())
    assert Promise.objects.count() == 1


def test_the_worker_tries_unmatched_messages_again(folder, settings):
    put(folder, "a.csv", HEADER + ROW)
    list(take_folder(folder=folder, find=lambda number: [], at=NOW))
    settings.FIND_PEOPLE = FINDER
    enqueue("match-messages")
    assert perform(claim())
    assert HospitalMessage.objects.get().outcome == "taken"
