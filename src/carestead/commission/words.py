"""Activity in words for people: `14 emergency admissions`."""

NAMES = {
    "admission": ("admission", "admissions"),
    "emergency-attendance": ("emergency attendance", "emergency attendances"),
    "outpatient": ("outpatient attendance", "outpatient attendances"),
    "gp-appointment": ("GP appointment", "GP appointments"),
    "community-contact": ("community contact", "community contacts"),
    "mental-health-contact": ("mental-health contact", "mental-health contacts"),
    "social-care-contact": ("social-care contact", "social-care contacts"),
    "home-care": ("home care", "home care"),
    "residential": ("residential care", "residential care"),
    "nursing": ("nursing-home care", "nursing-home care"),
    "day-care": ("day care", "day care"),
    "direct-payment": ("direct payments", "direct payments"),
}
CARE_UNITS = {"hour": ("hour", "hours"), "day": ("day", "days"), "item": ("item", "items")}
METHODS = ("emergency", "elective", "maternity", "transfer")


def activity(kind: str, method: str | None, currency: str | None, quantity: int = 1) -> str:
    """The thing, singular or plural by `quantity`: `emergency admissions`, `hours of home care`."""
    plural = int(quantity != 1)
    name = NAMES.get(kind, (kind.replace("-", " "),) * 2)
    if currency in CARE_UNITS:
        return f"{CARE_UNITS[currency][plural]} of {name[1]}"
    before = f"{method} " if kind == "admission" and method in METHODS else ""
    return f"{before}{name[plural]}"


def item(kind: str, method: str | None, currency: str | None) -> str:
    """What a payment line is for; the same words for the same thing, so that lines can be added up."""
    name = activity(kind, method, currency)
    return name if currency is None or currency in CARE_UNITS else f"{name} {currency}"
