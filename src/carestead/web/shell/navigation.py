"""The menu of each role, in the order of the questions it asks: at most seven entries, so that a look takes it in."""

from dataclasses import dataclass

from carestead.store.actor import Role

Link = tuple[str, str]
"""The name of an address, and what the menu calls its page."""


@dataclass(frozen=True, slots=True)
class Section:
    """An entry of the menu, which leads to the first of its pages. Where it has several, they stand in a second row
    for as long as somebody is on one of them."""

    text: str
    pages: tuple[Link, ...]


def _one(name: str, text: str) -> Section:
    return Section(text, ((name, text),))


HOSPITAL: Link = ("hospital-messages", "Hospital messages")
TODAY, LATE, INBOX = _one("today", "Today"), _one("late", "Late"), _one("inbox", "Inbox")
GAPS, LISTS, DELIVERY = _one("gaps", "Gaps"), _one("lists", "Lists"), _one("delivery", "Delivery")
WAYS_TO_PAY, HOW = _one("ways-to-pay", "Ways to pay"), _one("how-we-are-doing", "How we are doing")
PROPOSED, DATA = _one("proposed", "Proposed"), _one("data", "Data")
COVER = Section("Cover", (("cover", "Cover and rota"), ("hand-overs", "Hand-over")))
PROMISES = Section(
    "Promises", (("asked-of-me", "Asked of me"), ("waiting-on", "Waiting on others"), ("late", "Late"))
)  # fmt: skip
MEASURES = Section("Measures", (("delivery", "Delivery"), ("lists", "Lists"), ("model-card", "Model card")))
CODES = Section("Data and codes", (("data", "Data"), ("code-lists", "Code lists")))
MY_PAGE, ABOUT_ME, WHO_LOOKED = _one("my-page", "My page"), _one("about-me", "About me"), _one("my-log", "Who looked")

MENU: dict[Role, tuple[Section, ...]] = {
    Role.NAMED_GP: (TODAY, _one("people", "My list"), PROPOSED, PROMISES, INBOX, COVER, DATA),
    Role.CARE_COORDINATOR: (
        TODAY,
        _one("people", "People"),
        PROMISES,
        Section("Messages", (("inbox", "Inbox"), HOSPITAL, ("letters", "Letters"))),
        _one("mdt", "MDT"),
        COVER,
        DATA,
    ),
    Role.PARTNER: (
        _one("asked-of-me", "Asked of me"),
        _one("people", "My people"),
        _one("waiting-on", "Waiting on others"),
        INBOX,
        LATE,
    ),
    Role.LEAD: (
        _one("load", "Load"),
        Section("Promises", (("late", "Late"), HOSPITAL, ("asked-of-me", "Asked of me"), ("inbox", "Inbox"))),
        GAPS,
        COVER,
        Section("People", (("people", "All people"), ("proposed", "Proposed"), ("mdt", "MDT"), ("letters", "Letters"))),
        MEASURES,
        CODES,
    ),
    Role.PERSON: (MY_PAGE, ABOUT_ME, _one("my-sharing", "Who sees my plan"), WHO_LOOKED),
    Role.CARER: (MY_PAGE, ABOUT_ME, WHO_LOOKED),
    Role.COMMISSIONER: (_one("fund", "Fund"), WAYS_TO_PAY, HOW, DELIVERY, GAPS, LISTS, DATA),
    Role.ANALYST: (HOW, MEASURES, GAPS, WAYS_TO_PAY, CODES),
}


def home(role: Role) -> str:
    """The name of the first page of a role."""
    return MENU[role][0].pages[0][0]
