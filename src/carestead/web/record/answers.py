"""Who answers for a person now, in words: for the people who work with them, and for the person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from carestead.care.answering import Answer, By
from carestead.store.assign.answered import who_answers
from carestead.web.published import Published


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers in place of `holder`: `words` a sentence, `phone` where it is known, `until` when it may change."""

    holder: str
    words: str
    phone: str
    until: datetime | None
    is_holder: bool
    is_breach: bool


def answering(
    found: Published, holders: Mapping[str, str], group_code: str | None, at: datetime
) -> dict[str, Answering]:
    """By role: who answers at `at` for each of `holders`, role to practitioner code."""
    answers = who_answers(list(holders.values()), at, group_code=group_code or "")
    return {role: _in_words(found, code, answers[code]) for role, code in holders.items()}


def _in_words(found: Published, holder: str, answer: Answer) -> Answering:
    return Answering(
        holder=found.practitioner_name(holder),
        words=_WORDS[answer.by].format(holder=found.practitioner_name(holder), name=_name(found, answer)),
        phone=answer.phone,
        until=answer.until,
        is_holder=answer.by is By.HOLDER,
        is_breach=answer.by is By.NOBODY,
    )


def _name(found: Published, answer: Answer) -> str:
    return answer.name or found.practitioner_name(answer.code)


_WORDS = {
    By.HOLDER: "{holder} answers.",
    By.COVER: "{name} answers for {holder}, who is away.",
    By.DESK: "{holder} is away: the duty desk answers ({name}).",
    By.OUT_OF_HOURS: "The practice is closed: {name} answers.",
    By.NOBODY: "{holder} is away, and nobody is at the duty desk: ring the practice.",
}
