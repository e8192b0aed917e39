"""The banner over every page about one person, by the rules of the NHS Common User Interface."""

from typing import Any

from django.utils import timezone

from carestead.store.care.models import BreakGlass
from carestead.store.care.openings import lasting
from carestead.web.find.people import Known, names
from carestead.web.published import Published
from carestead.web.shell.formats import born, nhs_number

NO_ALLERGIES = "None recorded by any source"


def banner(found: Published, known: Known) -> dict[str, Any]:
    """Name, date of birth, sex, NHS number, allergies, date of death; who has the record open in an emergency."""
    name = names(found, [known.person_id]).get(known.person_id, {})
    row = known.row
    allergies = [a["substance"] for a in found.rows("record/allergies", person_id=known.person_id) if not a["ended"]]
    return {
        "person_id": known.person_id,
        "name": name.get("name") or "Name not known",
        "born": born(row["birth_date"], found.as_of, row["death_date"]),
        "sex": (row["sex"] or "not known").capitalize(),
        "nhs_number": nhs_number(name.get("nhs_number")),
        "allergies": "; ".join(allergies) or NO_ALLERGIES,
        "died": row["death_date"],
        "opened": [_opened(b) for b in lasting(timezone.now()).filter(person_id=known.person_id)],
    }


def _opened(glass: BreakGlass) -> dict[str, Any]:
    """Who has it open; until what time is enough, for it is a matter of hours."""
    until = f"{timezone.localtime(glass.expires_at):%H:%M}"
    return {"id": glass.pk, "username": glass.username, "name": glass.name, "until": until}
