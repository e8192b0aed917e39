"""The people are as England's are, and frail as published."""

import numpy as np
import pytest

from carestead.core import nhs_number
from carestead.synth.facts import deficit_codes, facts
from carestead.synth.frailty import DEFICITS, POLYPHARMACY
from carestead.synth.made import Neighbourhood
from carestead.synth.medicines import repeats
from carestead.synth.population import NEVER


def test_ages_and_sexes_are_those_of_england(made: Neighbourhood) -> None:
    p, f = made.people, facts("age_sex")
    england = f["female"] + f["male"]
    age = np.minimum(np.floor(p.age()[p.here]), 95)
    for low, high in ((0, 18), (18, 40), (40, 65), (65, 85), (85, 96)):
        share = england[low:high].sum() / england.sum()
        assert np.mean((age >= low) & (age < high)) == pytest.approx(share, abs=0.012)
    assert p.female[p.here].mean() == pytest.approx(f["female"].sum() / england.sum(), abs=0.015)
    assert p.female[p.here & (p.age() >= 85)].mean() > 0.54


def test_frailty_of_65_and_over_is_about_50_35_12_3(made: Neighbourhood) -> None:
    p = made.people
    count = p.frail.count[p.here & (p.age() >= 65)]
    shares = np.histogram(count, [0, 5, 9, 13, 37])[0] / len(count)
    assert shares == pytest.approx([0.50, 0.35, 0.12, 0.03], abs=0.025)
    assert (p.frail.has.sum(axis=1) == p.frail.count).all()


def test_polypharmacy_is_five_medicines_and_others_take_fewer(made: Neighbourhood) -> None:
    p, rx = made.people, made.prescriptions
    on = repeats(made.seed, p, np.zeros(len(p), dtype=bool)).sum(axis=1)
    many = p.frail.has[:, POLYPHARMACY]
    assert on[many].min() >= 5
    assert on[~many].max() <= 3
    pairs = np.unique(rx["person"] * 1_000 + rx["medicine"]) // 1_000
    different = np.bincount(pairs, minlength=len(p))
    assert different[~many].max() < 5


def test_everything_is_dated_in_the_persons_own_time(made: Neighbourhood) -> None:
    p = made.people
    for frame in (made.conditions, made.observations, made.prescriptions, made.appointments, made.admissions):
        person, date = frame["person"], frame["date"]
        assert (date >= p.birth[person]).all()
        assert (date <= np.minimum(p.end[person], p.as_of)).all()


def test_one_practice_is_single_handed_and_staff_are_complete(made: Neighbourhood) -> None:
    group = made.people.group
    assert [len(group.gps(i)) for i in range(len(group.codes))][-1] == 1
    assert all(len(group.nurses(i)) >= 1 for i in range(len(group.codes)))
    assert (group.staff["role"] == "care-coordinator").sum() == 2
    assert len(set(group.staff["code"])) == len(group.staff["code"])


def test_the_usual_gp_is_seen_about_six_times_in_ten(made: Neighbourhood) -> None:
    a, staff = made.appointments, made.people.group.staff
    gp = staff["role"][a["clinician"]] == "gp"
    large = a["practice"] == 0
    own = a["clinician"] == made.usual[a["person"]]
    assert 0.5 < own[gp & large].mean() < 0.85


def test_frailer_people_are_admitted_more_and_their_diagnoses_are_more(made: Neighbourhood) -> None:
    p = made.people
    old = p.here & (p.age() >= 65)
    emergencies = np.bincount(made.admissions["person"][made.admissions["emergency"]], minlength=len(p)) / 2
    assert 0.18 < emergencies[old].mean() < 0.32
    assert emergencies[old & (p.frail.count >= 9)].mean() > 1.5 * emergencies[old & (p.frail.count <= 4)].mean()
    first = made.diagnoses["position"] == 1
    assert first.sum() == len(made.admissions["person"])


def test_deaths_moves_and_departures(made: Neighbourhood) -> None:
    p = made.people
    assert np.mean(p.death < NEVER) == pytest.approx(0.018, abs=0.005)
    assert p.age()[p.death < NEVER].mean() > 68
    assert 0.005 < np.mean(p.before >= 0) < 0.03
    assert np.mean(p.left < NEVER) == pytest.approx(0.03, abs=0.006)
    assert (p.before[p.before >= 0] != p.practice[p.before >= 0]).all()


def test_nhs_numbers_are_valid_different_and_never_issued(made: Neighbourhood) -> None:
    numbers = made.truth.number.astype(str)
    assert len(set(numbers)) == len(numbers)
    assert all(nhs_number.is_valid(n) and n.startswith(nhs_number.TEST_RANGE) for n in numbers[:500])


def test_carers_are_not_those_they_care_for(made: Neighbourhood) -> None:
    h = made.homes
    assert len(h.carer) == len(h.cared_for) > 50
    assert (h.carer != h.cared_for).all()
    assert (h.partner[h.partner >= 0] >= 0).all()
    paired = np.flatnonzero(h.partner >= 0)
    assert (h.partner[h.partner[paired]] == paired).all()
    assert (h.household[paired] == h.household[h.partner[paired]]).mean() > 0.9


def test_the_record_shows_exactly_the_deficits_that_were_drawn(made: Neighbourhood) -> None:
    p, codes = made.people, deficit_codes()
    of_code = dict(zip(codes["code"], codes["group"], strict=True))
    coded = zip(made.conditions["person"].tolist(), made.conditions["code"], strict=True)
    shown = {(i, of_code[c]) for i, c in coded if c in of_code}
    drawn = {(int(i), DEFICITS[d]) for i, d in zip(*np.nonzero(p.frail.has), strict=True) if d != POLYPHARMACY}
    assert shown <= drawn
    assert len(drawn - shown) < 0.002 * len(drawn)


def test_frailer_people_have_more_different_diagnoses(made: Neighbourhood) -> None:
    p, d = made.people, made.diagnoses
    people = np.unique(d["person"])[:400]
    different = np.array([len(set(d["icd10"][d["person"] == i])) for i in people])
    assert np.corrcoef(different, p.frail.count[people])[0, 1] > 0.5
