"""Who sends messages, with which token, and who has been silent too long."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from carestead.core.finding import UsageError
from carestead.store.actor import Actor, Role
from carestead.store.audit.actions import record_write
from carestead.store.care.models import Feed


@dataclass(frozen=True, slots=True)
class Silence:
    """How a feed stands: `silent` when nothing came for longer than agreed; a feed that was never heard is silent."""

    feed: Feed
    silent: bool
    since: datetime | None


@transaction.atomic
def open_feed(*, source: str, name: str, expected_every_minutes: int, by: Actor, organisation_code: str = "") -> str:
    """Let a hospital send. Gives back its token, which is kept nowhere: only its hash is. Raises UsageError when there
    is a feed of that source, or the minutes are none."""
    if expected_every_minutes <= 0 or not source or len(source) > 60 or "/" in source:
        raise UsageError("A feed has a short name without '/', and is expected every so many minutes.", "Correct it.")
    token = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            Feed.objects.create(
                source=source, name=name, organisation_code=organisation_code, token_hash=_hash(token),
                expected_every_minutes=expected_every_minutes,
            )  # fmt: skip
    except IntegrityError as error:
        raise UsageError(f"There is already a feed {source}.", "Choose another name.") from error
    record_write(by=by, action="feed-opened", detail={"source": source})
    return token


@transaction.atomic
def renew_token(*, source: str, by: Actor) -> str:
    """A new token in place of the old, which no longer opens anything."""
    token = secrets.token_urlsafe(32)
    if not Feed.objects.filter(source=source).update(token_hash=_hash(token)):
        raise UsageError(f"There is no feed {source}.", f"There are: {_named()}.")
    record_write(by=by, action="feed-token-renewed", detail={"source": source})
    return token


def feed_of(token: str) -> Feed | None:
    """Whose token it is; None when nobody's."""
    return Feed.objects.filter(token_hash=_hash(token)).exclude(token_hash="").first() if token else None


@transaction.atomic
def heard(*, source: str, at: datetime | None = None) -> Feed:
    """The feed said something, even if it is only that there is nothing to say. Later calls of the same transaction
    wait for each other: one message of a feed at a time. Raises UsageError when there is no such feed."""
    now = at or timezone.now()
    feed = Feed.objects.select_for_update().filter(source=source).first()
    if feed is None:
        raise UsageError(f"There is no feed {source}.", f"There are: {_named()}.")
    # A clock that jumped back does not make what was heard unheard.
    Feed.objects.filter(Q(last_heard_at__lt=now) | Q(last_heard_at=None), pk=feed.pk).update(last_heard_at=now)
    return feed


def feeds(at: datetime) -> list[Silence]:
    """Every feed by name, and whether it is silent at `at`."""
    return [_silence(feed, at) for feed in Feed.objects.order_by("name", "source")]


def feed_names() -> dict[str, str]:
    """What each feed is called, by its source."""
    return dict(Feed.objects.values_list("source", "name"))


def actor_of(feed: Feed) -> Actor:
    """A feed as who acts, for the log and the audit."""
    return Actor(f"feed:{feed.source}", feed.name, Role.SYSTEM, feed.organisation_code)


def _silence(feed: Feed, at: datetime) -> Silence:
    last = feed.last_heard_at
    allowed = timedelta(minutes=feed.expected_every_minutes)
    return Silence(feed, last is None or at - last > allowed, last)


def _named() -> str:
    return ", ".join(Feed.objects.order_by("source").values_list("source", flat=True)) or "none"


def _hash(token: str) -> str:
    # A token of 256 random bits cannot be guessed from its hash, so no slow hash is needed.
    return hashlib.sha256(token.encode()).hexdigest()
