"""Everything about one made-up neighbourhood, in memory, before any source writes it down."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from carestead.synth import contacts, council, history, hospital, medicines
from carestead.synth.facts import Columns, facts
from carestead.synth.households import Homes, homes
from carestead.synth.identity import Demographics, demographics
from carestead.synth.population import People, population

_SMI = facts("problems")["code"][facts("problems")["flag"] == "smi"]


@dataclass(frozen=True)
class Neighbourhood:
    """The people, their homes and true demographics, and one frame (parallel arrays) for each kind of record."""

    seed: int
    people: People
    homes: Homes
    truth: Demographics
    usual: np.ndarray
    usual_before: np.ndarray
    conditions: Columns
    observations: Columns
    immunisations: Columns
    prescriptions: Columns
    appointments: Columns
    admissions: Columns
    diagnoses: Columns
    sent_home: Columns
    attendances: Columns
    outpatients: Columns
    community: Columns
    community_referrals: Columns
    mental_health: Columns
    mental_health_referrals: Columns
    packages: Columns


def make(seed: int, people: int, as_of: date) -> Neighbourhood:
    """Make a neighbourhood of so many people as it is on `as_of`, with two years of activity before."""
    p = population(seed, people, as_of)
    h = homes(seed, p)
    conditions = history.conditions(seed, p, h)
    smi = np.zeros(people, dtype=bool)
    smi[conditions["person"][np.isin(conditions["code"], _SMI)]] = True
    on_repeat = medicines.repeats(seed, p, smi)
    usual = contacts.usual_gps(seed, p, p.practice, "now")
    before = contacts.usual_gps(seed, p, p.before, "before")
    admissions = hospital.admissions(seed, p, h)
    community = contacts.team_contacts(seed, p, "community", smi)
    mental = contacts.team_contacts(seed, p, "mental-health", smi)
    return Neighbourhood(
        seed,
        p,
        h,
        demographics(seed, p, h),
        usual,
        before,
        conditions,
        history.observations(seed, p),
        history.immunisations(seed, p),
        medicines.prescriptions(seed, p, on_repeat),
        contacts.appointments(seed, p, usual, before),
        admissions,
        hospital.diagnoses(seed, p, admissions),
        medicines.sent_home_with(seed, on_repeat, admissions),
        hospital.attendances(seed, p, admissions),
        hospital.outpatients(seed, p),
        community,
        contacts.team_referrals(seed, p, community),
        mental,
        contacts.team_referrals(seed, p, mental),
        council.packages(seed, p, h),
    )
