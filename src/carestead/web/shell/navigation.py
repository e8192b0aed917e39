"""Which tabs a role has, in the order of the questions it asks."""

from carestead.store.actor import Role

TABS: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.NAMED_GP: (("people", "My list"), ("proposed", "Proposed"), ("data", "Data")),
    Role.CARE_COORDINATOR: (("people", "People"), ("mdt", "MDT"), ("letters", "Letters"), ("data", "Data")),
    Role.PARTNER: (("people", "My people"),),
    Role.LEAD: (
        ("load", "Load"),
        ("gaps", "Gaps"),
        ("letters", "Letters"),
        ("delivery", "Delivery"),
        ("people", "People"),
        ("proposed", "Proposed"),
        ("mdt", "MDT"),
        ("lists", "Lists"),
        ("model-card", "Model card"),
        ("code-lists", "Code lists"),
        ("data", "Data"),
    ),
    Role.COMMISSIONER: (
        ("fund", "Fund"),
        ("ways-to-pay", "Ways to pay"),
        ("how-we-are-doing", "How we are doing"),
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
