"""Why this person: every list, score, flag and need, what became of the proposal, and what is not known."""

from typing import Any

from carestead.store.find.models import Decision
from carestead.web.find import reasons
from carestead.web.find.naming import (
    asked_scores,
    flag_name,
    in_order,
    in_words,
    is_for_evaluation,
    list_title,
    need_name,
    rule_set_name,
    score_name,
    segment_name,
)
from carestead.web.find.people import Known
from carestead.web.published import Published, Row
from carestead.web.record.evidence import in_unit
from carestead.web.shell.formats import ago, day, short_day

SOURCES = {
    "gp": "the practice",
    "acute": "a hospital",
    "community": "community services",
    "mental-health": "mental health services",
    "social-care": "social care",
}
"""The kinds of source a person may be known to."""


def why(found: Published, known: Known) -> dict[str, Any]:
    """The context of the page."""
    person_id = known.person_id
    every = scores(found, person_id)
    return {
        "status": known.status,
        "lists": lists(found, known),
        "needs": needs(found, person_id),
        "scores": [s for s in every if s["score"] in asked_scores()],
        "other_scores": [s for s in every if s["score"] not in asked_scores()],
        "flags": flags(found, person_id),
        "segment": segment(found, person_id),
        "history": history(found, known),
        "unknown": unknown(found, person_id),
    }


def lists(found: Published, known: Known) -> list[dict[str, Any]]:
    """The lists the person is on, in the rule's order: name, place at the practice, reasons with their rows."""
    person_id = known.person_id
    rows = {r["cohort"]: r for r in found.rows("find/cohorts", people=[person_id])}
    lately = reasons.happened(found, [person_id])[person_id]
    return [
        {
            **rows[i],
            "id": i,
            "name": list_title(i),
            "when": f"{short_day(rows[i]['since'])}, {ago(rows[i]['since'], found.as_of)}" if rows[i]["since"] else "",
            "reasons": reasons.spoken(person_id, rows[i]["because"], lately),
        }
        for i in in_order(rows)
    ]


def needs(found: Published, person_id: int) -> list[dict[str, Any]]:
    """What could still help, what helps most first."""
    rows = found.rows("find/needs", person_id=person_id, people=[person_id])
    return [{**r, "name": need_name(r["need"])} for r in rows]


def scores(found: Published, person_id: int) -> list[dict[str, Any]]:
    """Every score with its band, its name, and how many rows are behind it."""
    return [
        {**s, "name": score_name(s["score"]), "said": in_unit(s), "evaluation": is_for_evaluation(s["score"])}
        for s in found.rows("record/scores", person_id=person_id)
    ]


def flags(found: Published, person_id: int) -> list[dict[str, Any]]:
    """Each flag that is up, since when, and the records that say so."""
    up: dict[str, list[Row]] = {}
    for row in found.rows("record/flags", person_id=person_id):
        up.setdefault(row["flag"], []).append(row)
    return [
        {"name": flag_name(flag), "since": min((r["since"] for r in rows if r["since"]), default=None), "rows": rows}
        for flag, rows in up.items()
    ]


def segment(found: Published, person_id: int) -> dict[str, Any] | None:
    """The one segment the person falls in, and the rule that put them there."""
    row = next(iter(found.rows("record/segment", person_id=person_id)), None)
    return {**row, "name": segment_name(row["segment"]), "of": rule_set_name(row["rule_set"])} if row else None


def history(found: Published, known: Known) -> list[dict[str, Any]]:
    """What was proposed and decided, newest first: `when` and `words`."""
    run = next(iter(found.rows("record/register_change", person_id=known.person_id)), None)
    said = [{"when": day(found.as_of), "words": _of_run(run)}] if run else []
    return said + [_decided(d) for d in Decision.objects.filter(person_id=known.person_id).order_by("-version")]


def _of_run(run: Row) -> str:
    moved = ""
    if run["rank"] and run["rank_before"] and run["rank"] != run["rank_before"]:
        moved = f" Place {run['rank']} at the practice, {run['rank_before']} on {day(run['before'])}."
    elif run["rank"]:
        moved = f" Place {run['rank']} at the practice."
    return f"{in_words(run['because'])}{'' if run['because'].endswith('.') else '.'}{moved}"


def _decided(decision: Decision) -> dict[str, Any]:
    words = f"{decision.get_state_display()} by {decision.decided_by}"
    words += f", to look again on {day(decision.review_on)}" if decision.review_on else ""
    return {"when": day(decision.decided_at), "words": words + (f": {decision.reason}" if decision.reason else "")}


def unknown(found: Published, person_id: int) -> list[str]:
    """What the record does not tell: no score can speak of it, and a nought may only mean that nobody has looked."""
    heard = found.rows("record/heard", person_id=person_id)[0]
    unheard = [n for kind, n in SOURCES.items() if kind not in (heard["kinds"] or []) and _delivers(found, kind)]
    said = [f"Nothing from {either(unheard)} about this person."] if unheard else []
    if heard["measured"] is None:
        said.append("No measured value: no blood result, no blood pressure, no weight.")
    elif (found.as_of - heard["measured"]).days > 365:
        said.append(f"No measured value in the last year: the newest is of {day(heard['measured'])}.")
    if heard["medicine"] is None:
        said.append("No medicine: neither the practice nor a hospital lists one.")
    if heard["met"] is None:
        said.append("No contact with any service.")
    return said


def _delivers(found: Published, kind: str) -> bool:
    """Whether any source of a kind sends records: only then does silence about one person say something."""
    return any(s["kind"] == kind for s in found.sources)


def either(names: list[str]) -> str:
    """`a, b or c`."""
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
