"""Which tabs a role has, in the order of the questions it asks."""

from carestead.store.actor import Role

TABS: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.NAMED_GP: (
        ("today", "Today"),
        ("people", "My list"),
        ("proposed", "Proposed"),
        ("asked-of-me", "Asked of me"),
        ("waiting-on", "Waiting on others"),
        ("inbox", "Inbox"),
        ("late", "Late"),
        ("hand-overs", "Hand-over"),
        ("cover", "Cover and rota"),
        ("data", "Data"),
    ),
    Role.CARE_COORDINATOR: (
        ("today", "Today"),
        ("people", "People"),
        ("waiting-on", "Waiting on others"),
        ("asked-of-me", "Asked of me"),
        ("inbox", "Inbox"),
        ("late", "Late"),
        ("mdt", "MDT"),
        ("hand-overs", "Hand-over"),
        ("cover", "Cover and rota"),
        ("letters", "Letters"),
        ("data", "Data"),
    ),
    Role.PARTNER: (
        ("asked-of-me", "Asked of me"),
        ("people", "My people"),
        ("waiting-on", "Waiting on others"),
        ("inbox", "Inbox"),
        ("late", "Late"),
    ),
    Role.LEAD: (
        ("load", "Load"),
        ("asked-of-me", "Asked of me"),
        ("inbox", "Inbox"),
        ("late", "Late"),
        ("cover", "Cover and rota"),
        ("hand-overs", "Hand-over"),
        ("gaps", "Gaps"),
        ("people", "People"),
        ("proposed", "Proposed"),
        ("mdt", "MDT"),
        ("letters", "Letters"),
        ("delivery", "Delivery"),
        ("lists", "Lists"),
        ("model-card", "Model card"),
        ("code-lists", "Code lists"),
        ("data", "Data"),
    ),
    Role.PERSON: (
        ("my-page", "My page"),
        ("about-me", "About me"),
        ("my-sharing", "Who sees my plan"),
        ("my-log", "Who looked"),
    ),
    Role.CARER: (("my-page", "My page"), ("about-me", "About me"), ("my-log", "Who looked")),
    Role.COMMISSIONER: (
        ("fund", "Fund"),
        ("ways-to-pay", "Ways to pay"),
        ("how-we-are-doing", "How we are doing"),
        ("delivery", "Delivery"),
        ("gaps", "Gaps"),
        ("lists", "Lists"),
        ("data", "Data"),
    ),
    Role.ANALYST: (
        ("how-we-are-doing", "How we are doing"),
        ("gaps", "Gaps"),
        ("delivery", "Delivery"),
        ("lists", "Lists"),
        ("ways-to-pay", "Ways to pay"),
        ("model-card", "Model card"),
        ("code-lists", "Code lists"),
        ("data", "Data"),
    ),
}


def home(role: Role) -> str:
    """The name of the first page of a role."""
    return TABS[role][0][0]
