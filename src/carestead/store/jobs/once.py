"""Doing something once: the same request again gets the first answer, and does nothing."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from carestead.core.finding import CaresteadError
from carestead.store.jobs.models import IdempotencyKey

KEPT = timedelta(hours=24)
"""How long an answer is given again."""

Response = dict[str, Any]


class KeyUsedError(CaresteadError):
    """The key came before, with something else to do. Nothing was done now."""

    def __init__(self) -> None:
        super().__init__(
            "This was sent before, with other answers; the first ones count.",
            "Load the page again, see how it stands, and change it there.",
        )


def hash_of(body: bytes) -> str:
    """What tells one request from another under the same key."""
    return hashlib.sha256(body).hexdigest()


def answered(*, key: str, username: str, body_hash: str, at: datetime | None = None) -> Response | None:
    """The answer the request got before, if any. Raises KeyUsedError when it was another request."""
    since = (at or timezone.now()) - KEPT
    kept = IdempotencyKey.objects.filter(username=username, key=key, created_at__gt=since).first()
    if kept is None:
        return None
    if kept.body_hash != body_hash:
        raise KeyUsedError
    return dict(kept.response)


@transaction.atomic
def once(
    *, key: str, username: str, body_hash: str, do: Callable[[], Response], at: datetime | None = None
) -> tuple[Response, bool]:
    """Do it and keep its answer, in one transaction, or give the answer that was kept: (answer, was it done now).

    Of two requests at once one waits for the other. What raises is not kept: it may be tried again. Raises KeyUsedError
    when the key came with another body.
    """
    now = at or timezone.now()
    IdempotencyKey.objects.filter(username=username, key=key, created_at__lte=now - KEPT).delete()
    mine = IdempotencyKey(key=key, username=username, body_hash=body_hash, created_at=now)
    if _taken(mine):
        if (before := answered(key=key, username=username, body_hash=body_hash, at=at)) is None:
            raise KeyUsedError
        return before, False
    response = do()
    IdempotencyKey.objects.filter(username=username, key=key).update(response=response)
    return response, True


def _taken(mine: IdempotencyKey) -> bool:
    """Write the key; true when it was there. The unique key makes a second writer wait until the first has ended."""
    try:
        with transaction.atomic():
            mine.save(force_insert=True)
    except IntegrityError:
        return True
    return False
