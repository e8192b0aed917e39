"""Flags: up on the date, since when, and by which record."""

from datetime import date

import pytest
from tests.spec.find.codes import events
from tests.spec.find.looking import looking

from carestead.find import items
from carestead.find.flags import flag
from carestead.reference import Codelist, load

AS_OF = "2025-06-30"
LISTS = {
    name: Codelist(name, "test", name, "made up", ({"code": name}, {"code": f"{name}-too"}), "snomed")
    for name in {i.codelist for i in items.items_of("flag")}
}
STEPS = [*looking("item_fact", releases=LISTS), flag.step]


def up(run_steps, facts: list[tuple[int, str | None, str]], **more) -> list[tuple]:
    """(person, flag, since) of each flag, after (person, date, code of a list)."""
    rows = run_steps(STEPS, AS_OF, **events(facts), **more)
    return [(r["person_id"], r["flag"], r["since"] and str(r["since"])) for r in rows]


@pytest.mark.parametrize("name", ["dementia", "severe-mental-illness", "learning-disability", "carer", "care-home"])
def test_a_code_ever_puts_up_what_does_not_end(run_steps, name):
    assert up(run_steps, [(1, "1999-01-01", name), (1, "2020-01-01", f"{name}-too")]) == [(1, name, "1999-01-01")]
    assert up(run_steps, [(1, "2025-07-01", name)]) == []
    assert up(run_steps, [(1, None, name)]) == [(1, name, None)]


@pytest.mark.parametrize(
    ("on", "off", "is_up"),
    [
        ("2024-01-01", "2024-06-01", False),
        ("2024-06-01", "2024-01-01", True),
        ("2024-01-01", "2024-01-01", True),  # the same day: still so
        ("2024-01-01", None, True),  # an undated end ends nothing
        (None, "2024-01-01", False),
    ],
)
@pytest.mark.parametrize(
    ("name", "code", "counter"),
    [
        ("housebound", "housebound", "no-longer-housebound"),
        ("palliative", "palliative-care", "palliative-care-not-indicated"),
    ],
)
def test_of_a_pair_the_latest_wins(run_steps, name, code, counter, on, off, is_up):
    undated_never_counts = name == "palliative" and on is None
    expected = [(1, name, on)] if is_up and not undated_never_counts else []
    assert up(run_steps, [(1, on, code), (1, off, counter)]) == expected


def test_housebound_again_after_it_had_ended(run_steps):
    facts = [
        (1, "2020-01-01", "housebound"),
        (1, "2021-01-01", "no-longer-housebound"),
        (1, "2022-01-01", "housebound"),
    ]
    assert up(run_steps, facts) == [(1, "housebound", "2020-01-01")]


def test_palliative_care_counts_from_april_2008(run_steps):
    assert up(run_steps, [(1, "2008-03-31", "palliative-care"), (2, "2008-04-01", "palliative-care")]) == [
        (2, "palliative", "2008-04-01")
    ]


@pytest.mark.parametrize("name", ["fall", "delirium"])
def test_falls_and_delirium_are_of_the_last_year(run_steps, name):
    facts = [(1, "2024-06-30", name), (2, "2024-07-01", name), (3, None, name)]
    assert up(run_steps, facts) == [(2, name, "2024-07-01")]


def test_a_package_of_residential_care_is_a_care_home_while_it_goes_on(run_steps):
    packages = [
        {"person_id": 1, "kind": "nursing", "start_date": date(2025, 1, 1)},
        {"person_id": 2, "kind": "residential", "start_date": date(2024, 1, 1), "end_date": date(2025, 6, 29)},
        {"person_id": 3, "kind": "home-care", "start_date": date(2025, 1, 1)},
        {"person_id": 4, "kind": "residential", "start_date": date(2025, 7, 1)},
    ]
    assert up(run_steps, [], care_package=packages) == [(1, "care-home", "2025-01-01")]


def test_lithium_in_six_months_is_severe_mental_illness(run_steps):
    common = {
        "medicines": "lithium",
        "issues_6_months": 1,
        "issues_12_months": 1,
        "issues": 1,
        "first_date": "2020-01-01",
    }
    taken = [
        {"person_id": 1, **common, "last_date": "2025-01-01"},
        {"person_id": 2, **common, "last_date": "2024-12-30"},
        {"person_id": 3, **common, "medicines": "laxatives", "last_date": "2025-01-01"},
    ]
    assert up(run_steps, [], prescribed=taken) == [(1, "severe-mental-illness", "2020-01-01")]


@pytest.mark.parametrize("name", flag.FLAGS)
def test_every_flag_has_a_list_to_start_with_and_names_its_source(name):
    lists = items.lists_in_use()
    assert all(item["codelist"] in lists for item in load("flags", name)["items"].values())
    assert load("flags", name)["id"] == name


def test_the_codes_of_starter_lists_are_in_the_published_lists(shared_data):
    import csv

    with (shared_data / "clinical" / "frailty_adjacent_snomed.csv").open(encoding="utf-8") as file:
        published = {r["snomed_code"] for r in csv.DictReader(file)}
    lists = items.lists_in_use()
    codes = {code for i in items.items_of("flag") for _, code in lists[i.codelist].codes(i.group)}
    falls_of_the_efi = {"298344006", "279992002"}
    assert codes - falls_of_the_efi <= published | {"392695005"}
