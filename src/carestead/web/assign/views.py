"""The load page: is anybody without somebody, is anybody overloaded?"""

from django.http import HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_GET

from carestead.store.actor import Actor, Role
from carestead.web.assign import presenters
from carestead.web.assign.what_breaks import choices
from carestead.web.hospital.waiting import to_settle, verdict
from carestead.web.published import published
from carestead.web.shell.doors import Download, Page, door


@require_GET
@door(Role.LEAD, discloses="nobody", action="see-load")
def load(request: HttpRequest, actor: Actor) -> Page:
    """GPs' and coordinators' people against their capacity."""
    found = published()
    now = timezone.now()
    context = {
        "title": "Load and simulation", "as_of": found.as_of, "silent": found.silent, "now": now,
        "hospital": to_settle(verdict(actor, now)),
    }  # fmt: skip
    return Page("assign/load.jinja", {**context, **presenters.load(found), **choices(found)})


@require_GET
@door(Role.LEAD, discloses="nobody", action="take-load")
def load_csv(request: HttpRequest, actor: Actor) -> Download:
    """The same as a table."""
    columns = ("role", "code", "name", "organisation", "capacity", "proposed", "responsible_now", "room", "sessions",
               "minutes", "minutes_left", "sessions_left")  # fmt: skip
    return Download("load.csv", columns, presenters.rows(published()))
