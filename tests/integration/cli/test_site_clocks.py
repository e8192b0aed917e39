"""A site writes limits of its own: doctor shows what differs, and nothing starts with one that is none."""

from pathlib import Path

import pytest

from tests.integration.cli.test_messages import typed


@pytest.fixture
def area(tmp_path: Path) -> Path:
    assert typed("init", "--area", tmp_path / "area").returncode == 0
    return tmp_path / "area"


def test_doctor_shows_what_the_site_has_changed(area: Path):
    assert "ok     clocks: used as shipped" in typed("doctor", "--area", area).stdout
    (area / "clocks.yaml").write_text("hand-over-offer:\n  limit: 3\n", encoding="utf-8")
    said = typed("doctor", "--area", area).stdout
    assert "ok     clocks: changed by clocks.yaml: hand-over-offer 3 working days (shipped: 2 working days)" in said


def test_doctor_shows_the_sites_desk_ladder_and_long_absence(area: Path):
    assert "ok     desk: used as shipped" in typed("doctor", "--area", area).stdout
    (area / "clocks.yaml").write_text("long_absence_days: 21\n", encoding="utf-8")
    (area / "desk.yaml").write_text(
        'opening_hours: {closes: "20:00"}\nout_of_hours: {name: Fell Valley, phone: "01632 960999"}\n', encoding="utf-8"
    )
    (area / "escalation.yaml").write_text("paces: {urgent: {lateness: {gp-asked: 6}}}\n", encoding="utf-8")
    said = typed("doctor", "--area", area).stdout
    assert "ok     escalation: changed by escalation.yaml: urgent gp-asked after 6 hours (shipped: 8)" in said
    assert "ok     clocks: changed by clocks.yaml: long_absence_days 21 (shipped: 14)" in said
    assert (
        "ok     desk: changed by desk.yaml: 08:00 to 20:00 on working days (shipped: 08:00 to 18:30 on working days), "
        "out of hours Fell Valley (01632 960999) (shipped: NHS 111 (111))"
    ) in said


@pytest.mark.parametrize(
    ("name", "text", "what", "instead"),
    [
        ("desk", "out_of_hours: {phone: 111}\n", "out_of_hours has the phone 111", 'phone: "01632 960999"'),
        ("escalation", "rungs: {lead-offers: null}\n", "lead-offers cannot be changed", "There are: coordinator-asked"),
    ],
)
def test_a_desk_or_ladder_that_is_none_is_refused_by_doctor_and_at_the_start(area: Path, name, text, what, instead):
    file = area / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    told = typed("doctor", "--area", area)
    line = next(part for part in told.stdout.splitlines() if f" {name}:" in part)
    wanted = (str(file), what, instead)
    assert (told.returncode, line.startswith("WRONG")) == (1, True)
    assert all(word in line for word in wanted)
    for verb in (["worker"], ["serve", "--port", "1"]):
        refused = typed(*verb, "--area", area)
        assert refused.returncode == 2, verb
        assert all(word in refused.stderr for word in wanted), verb


@pytest.mark.parametrize(
    ("text", "code", "what", "instead"),
    [
        ("hand-over: {limit: 3}\n", 2, "there is no clock hand-over to change", "There are: crisis-response, "),
        ("telling-seen: {limit: 0}\n", 2, "telling-seen has the limit 0 working hours", "a number above nought"),
        ("telling-seen: {unit: weeks}\n", 2, "telling-seen has the limit 4 weeks", "one of the units hours, days"),
        ("telling-seen: {limit: 1\n", 3, "is not valid YAML", "Correct it."),
    ],
)
def test_a_limit_that_is_none_is_refused_with_file_place_and_what_to_type(area: Path, text, code, what, instead):
    assert typed("gaps", "--area", area).returncode in (0, 1)
    file = area / "clocks.yaml"
    file.write_text(text, encoding="utf-8")
    told = typed("doctor", "--area", area)
    line = next(part for part in told.stdout.splitlines() if "clocks:" in part)
    assert told.returncode == 1
    assert line.startswith("WRONG")
    assert all(word in line for word in (str(file), what, instead))
    for verb in (["worker"], ["serve", "--port", "1"], ["gaps"]):
        refused = typed(*verb, "--area", area)
        assert refused.returncode == code, verb
        assert all(word in refused.stderr for word in (str(file), what, instead)), verb
        assert "Traceback" not in refused.stderr
