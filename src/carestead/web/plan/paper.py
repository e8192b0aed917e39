"""The plan as PDF: the same words as on the page, in the order of the standard."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from carestead.care.headings import Heading, Part
from carestead.outputs.paper.pdf import pdf
from carestead.outputs.paper.plan import Promised, Section, plan_document
from carestead.outputs.paper.who import Who
from carestead.store.care.models import PlanSection
from carestead.web.plan.opened import Opened
from carestead.web.plan.presenters import reading
from carestead.web.record.banner import banner
from carestead.web.shell.doors import Data


def plan_pdf(opened: Opened, *, large: bool) -> Data:
    """The plan on paper, with the parts that the reader may see."""
    plan, shown, today = opened.plan, reading(opened), timezone.localdate()
    assert plan is not None
    promises = [*(p for g in shown["goals"] for p in g["promises"]), *shown["loose"]]
    rest = [section for part in shown["parts_of_it"] for section in _part(part)]
    document = plan_document(
        person=who(opened),
        sections=[*_part(shown["about"]), *_goals(shown["goals"]), *rest],
        promises=[Promised(p["what"], p["owner"], f"{p['due']:%-d %B %Y}", p["label"]) for p in promises if p["open"]],
        on=today,
        agreed_with=plan.agreed_with,
        agreed_on=plan.agreed_on,
        review_on=plan.review_on,
        reviewer=shown["standing"]["reviewer"],
    )
    made = pdf(document, size="large" if large else "ordinary", on=today)
    return paper(f"plan-{opened.person_id}.pdf", made, [opened.person_id], opened.disclosed(opened.parts))


def paper(filename: str, content: bytes, people: Sequence[int], detail: Mapping[str, Any]) -> Data:
    """A PDF as an answer, which the door writes down like a page."""
    return Data(content, people, detail, content_type="application/pdf", filename=filename)


def who(opened: Opened) -> Who:
    """The person, as papers name them."""
    b = banner(opened.found, opened.known)
    return Who(b["name"], opened.known.row["birth_date"], b["nhs_number"])


_OWN = {"person": "the person themselves", "carer": "their carer"}
"""How papers name who wrote, where it was no professional."""


def _part(part: dict[str, Any]) -> list[Section]:
    if not part["seen"]:
        return [Section(part["part"].name, ["The person does not share this part."])]
    return [_section(part["part"], one["number"], h, s) for one in part["several"] for h, s in one["written"]]


def _section(part: Part, number: int, heading: Heading, said: PlanSection) -> Section:
    kind = f"{part.one} {number}: " if part.several else ""
    author = _OWN.get(said.written_by_code, said.written_by)
    about = f"Written by {author}, {timezone.localdate(said.written_at):%-d %B %Y}"
    return Section(f"{kind}{heading.name}", [said.text], about)


def _goals(goals: list[dict[str, Any]]) -> list[Section]:
    lines = [f"“{g['goal'].words.strip()}” ({'; '.join([g['label'], *_far(g)])})" for g in goals]
    return [Section("What I hope for", lines)] if lines else []


def _far(goal: dict[str, Any]) -> list[str]:
    """How far it was found last."""
    return [f"{goal['far'].lower()} on {goal['goal'].achieved_on:%-d %B %Y}"] if goal["far"] else []
