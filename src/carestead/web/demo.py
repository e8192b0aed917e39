"""The demonstration: made-up personas, one a role, each with somebody to look after, and a fund with money in it."""

from dataclasses import dataclass
from datetime import date

from carestead import gaps
from carestead.core.period import financial_year
from carestead.store.accounts.actions import open_account
from carestead.store.accounts.models import User
from carestead.store.actor import Actor, Role
from carestead.store.care.gap_check import check_now
from carestead.store.commission.actions import contribute, open_fund, set_price
from carestead.store.commission.models import Fund
from carestead.store.find.models import Enrolment
from carestead.web.demo_care import DESK, seed_care
from carestead.web.published import Published, published

SEEDER = Actor("carestead-demo", "carestead demo", Role.COMMISSIONER)

PENCE_A_HEAD = 2_000
"""What the demonstration's partners put in for each registered person: £20, three fifths of it from the NHS."""

NIGHT = "night"
"""The user name of somebody whose service has no part in anybody's care: who meets them sees nothing, but in an
emergency."""

HOUR_PENCE = (2_420, 2_650)
"""Made-up prices of an hour of home care."""


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to sign in as: nothing about them is a secret, so there is no password."""

    username: str
    name: str
    role: str


def seed(*, care: bool = False) -> list[Persona]:
    """Make what is missing; safe to repeat. Gives the personas in the order of the sign-in page. With `care`, people
    are enrolled too, with promises and a plan, where nobody is yet."""
    found = published()
    if not User.objects.filter(is_demo=True).exists():
        _accounts(found)
    if not Fund.objects.exists():
        _fund(found)
    if care and not Enrolment.objects.exists():
        seed_care(found, SEEDER)
    if gaps.newest(found.snapshot.area) is None:
        check_now(found.snapshot.area)
    users = User.objects.filter(is_demo=True).order_by("pk")
    return [Persona(u.username, u.name, u.actor().role.title) for u in users]


def _accounts(found: Published) -> None:
    gp = _busiest(found, "gp")
    coordinator = _busiest(found, "care-coordinator")
    practice = gp["organisation_code"]
    trust = _first(found, "acute-trust")
    council = _first(found, "council")
    group = (found.practices.get(practice) or {}).get("group_code") or practice
    people = (
        ("gp", found.practitioner_name(gp["practitioner_code"]), Role.NAMED_GP, practice, gp["practitioner_code"]),
        *_second_gp(found, gp),
        (
            "coordinator",
            found.practitioner_name(coordinator["practitioner_code"]),
            Role.CARE_COORDINATOR,
            coordinator["organisation_code"],
            coordinator["practitioner_code"],
        ),
        (DESK, "Duty desk nurse", Role.CARE_COORDINATOR, group, ""),
        ("lead", f"Lead of {found.organisation_name(practice)}", Role.LEAD, practice, ""),
        ("partner", f"Discharge nurse at {found.organisation_name(trust)}", Role.PARTNER, trust, ""),
        (NIGHT, "Night nurse, out-of-hours service", Role.PARTNER, "OUT-OF-HOURS", ""),
        ("commissioner", "Commissioner of the pooled fund", Role.COMMISSIONER, council, ""),
        ("analyst", "Analyst of the neighbourhood", Role.ANALYST, group, ""),
    )
    for username, name, role, organisation, practitioner in people:
        open_account(
            username=username,
            name=name,
            roles=[role],
            organisation_code=organisation or "",
            practitioner_code=practitioner,
            is_demo=True,
            by=SEEDER,
        )


def _second_gp(found: Published, gp: dict[str, str]) -> list[tuple[str, str, Role, str, str]]:
    """Another GP of the same practice, who can be asked to take over or to cover."""
    home, code = gp["organisation_code"], gp["practitioner_code"]
    others = (p for p in found.practitioners.values() if p["role"] == "gp" and p["organisation_code"] == home)
    named = sorted((p["practitioner_code"], p["name"] or "") for p in others if p["practitioner_code"] != code)
    return [("gp2", name or other, Role.NAMED_GP, home, other) for other, name in named[:1]]


def _busiest(found: Published, role: str) -> dict[str, str]:
    """The holder with most people proposed; any such practitioner when nothing was proposed."""
    held = sorted(
        (w for w in found.workload if w["role"] == role), key=lambda w: (-w["people"], w["practitioner_code"])
    )
    any_of = [p for p in found.practitioners.values() if p["role"] == role]
    nobody = {"practitioner_code": "", "organisation_code": next(iter(found.practices), "")}
    return next(iter([*held, *any_of]), nobody)


def _first(found: Published, kind: str) -> str:
    return next((code for code, o in found.organisations.items() if o["kind"] == kind), "")


def _fund(found: Published) -> None:
    year = financial_year(found.as_of)
    fund = open_fund(code=f"fund-{year}", name="Neighbourhood fund", year=year, by=SEEDER)
    people = sum(p["list_size"] or 0 for p in found.practices.values()) or 1_000
    council = _first(found, "council")
    nhs, rest = people * PENCE_A_HEAD * 3 // 5, people * PENCE_A_HEAD * 2 // 5
    partners = (
        ("nhs", "NHS integrated care board", nhs),
        (council or "council", found.organisation_name(council) if council else "County council", rest),
    )
    for code, name, pence in partners:
        contribute(fund=fund, organisation_code=code, organisation_name=name, amount_pence=pence, by=SEEDER)
    _prices(found, fund, date(year, 4, 1))


def _prices(found: Published, fund: Fund, day: date) -> None:
    providers = [(c, o["name"] or c) for c, o in found.organisations.items() if o["kind"] == "home-care"][:2]
    providers = providers or [("HOMECARE-1", "Lantern Home Care"), ("HOMECARE-2", "Fellside Care at Home")]
    for (code, name), pence in zip(providers, HOUR_PENCE, strict=False):
        set_price(fund=fund, provider_code=code, provider_name=name, hour_pence=pence, valid_from=day, by=SEEDER)
