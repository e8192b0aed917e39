"""The model card: what a model of risk is for, on whom it was fitted, how well it does and for whom it does not."""

from django.http import Http404, HttpRequest
from django.views.decorators.http import require_GET

from carestead import models
from carestead.core.finding import UsageError
from carestead.store.actor import Actor, Role
from carestead.web.models.presenters import card_page
from carestead.web.models.sheets import Sheet, sheets
from carestead.web.published import Published, Row, published
from carestead.web.shell.doors import Download, Page, door


@require_GET
@door(Role.ANALYST, Role.LEAD, discloses="nobody", action="see-model-card")
def model_card(request: HttpRequest, actor: Actor, version: str = "") -> Page:
    """The card of the model in use, else of the newest; or of the version named in the address."""
    found = published()
    every, used = models.every(found.snapshot.area), models.chosen(found.snapshot.area)
    context = {"title": "Model card", "as_of": found.as_of, "silent": found.silent}
    if not every and not version:
        return Page("models/no_model.jinja", context)
    kept = _kept(found, version) if version else used or every[0]
    shown = card_page(kept, every, used, _sheets(found, kept))
    return Page("models/model_card.jinja", {**context, **shown})


@require_GET
@door(Role.ANALYST, Role.LEAD, discloses="nobody", action="take-model-card")
def sheet_csv(request: HttpRequest, actor: Actor, version: str, sheet: str) -> Download:
    """One table of a card."""
    found = published()
    for each in _sheets(found, _kept(found, version)):
        if each.key == sheet:
            return Download(f"{version}-{sheet}.csv", each.csv_columns(), each.csv_rows())
    raise Http404


def _kept(found: Published, version: str) -> models.Kept:
    try:
        return models.read(found.snapshot.area, version)
    except UsageError as unknown:
        raise Http404 from unknown


def _sheets(found: Published, kept: models.Kept) -> list[Sheet]:
    drift: list[Row] = [r for r in found.rows("models/drift") if r["model"] == kept.id]
    return sheets(kept.card, drift, found.organisation_name)
