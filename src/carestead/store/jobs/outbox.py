"""Telling others what happened: written where it happens, numbered for each subscription, sent until it is taken."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from carestead.core.finding import CaresteadError, UsageError
from carestead.store.actor import Actor
from carestead.store.audit.actions import record_write
from carestead.store.jobs import rest_hook
from carestead.store.jobs.models import Notice, Outbox, Subscription
from carestead.store.jobs.queue import backoff, wake
from carestead.store.jobs.registry import Again, job

MOST_REFUSALS = 12
"""After so many refusals in a row, with waits up to an hour between them, a subscription is switched off."""

AT_ONCE = 200
"""How many events are given out, or sent, in one go."""


def publish(*, kind: str, subject: str, person_id: int | None = None, at: datetime | None = None) -> None:
    """Say that something happened. Call it in the transaction in which it does. `kind` is like `promise.accepted`,
    `subject` like `promise/17`: it must say nothing about a person."""
    Outbox.objects.create(kind=kind, subject=subject, person_id=person_id, at=at or timezone.now())


def publish_many(events: Sequence[Mapping[str, Any]]) -> None:
    """As `publish`, of many at once: each with its `kind`, `subject`, `person_id` and `at`."""
    Outbox.objects.bulk_create(Outbox(**event) for event in events)


@transaction.atomic
def subscribe(*, endpoint: str, kinds: list[str], by: Actor, at: datetime | None = None) -> Subscription:
    """Tell `endpoint` (https) of what happens from now on: `kinds` as `promise.accepted`, `promise.*` or `*`.

    Its `secret` signs what is sent. Raises RestHookError for an address that may not be told.
    """
    rest_hook.check(endpoint)
    made = Subscription.objects.create(
        endpoint=endpoint, kinds=kinds, secret=secrets.token_hex(32), asked_by=by.name, asked_at=at or timezone.now()
    )
    record_write(by=by, action="subscribe", detail={"subscription": made.pk, "endpoint": endpoint, "kinds": kinds})
    return made


@transaction.atomic
def resume(*, subscription_id: int, by: Actor) -> None:
    """Switch a subscription on again: what it missed is sent first, in order. Raises UsageError when there is none."""
    if not Subscription.objects.filter(pk=subscription_id).exists():
        raise UsageError(f"There is no subscription {subscription_id}.", "Look them up with: carestead hooks list")
    _wake(subscription_id)
    Subscription.objects.filter(pk=subscription_id).update(active=True, failures=0, error="")
    record_write(by=by, action="resume-subscription", detail={"subscription": subscription_id})


@job("fan-out")
def fan_out(*, at: datetime) -> Again:
    """Number what happened for each subscription that wants it, oldest first. There is one such job, and its row is
    held while it gives out: so two workers cannot number out of order."""
    events = list(Outbox.objects.filter(told_at__isnull=True).order_by("pk")[:AT_ONCE])
    for subscription in Subscription.objects.order_by("pk"):
        _give(subscription, [e for e in events if wants(subscription.kinds, e.kind)])
    Outbox.objects.filter(pk__in=[e.pk for e in events]).update(told_at=at)
    return timedelta(0) if len(events) == AT_ONCE else None


def fan_out_when_needed() -> None:
    """Ask for the giving out when something happened that nobody was given. A worker calls this now and then."""
    if Outbox.objects.filter(told_at__isnull=True).exists():
        wake("fan-out", key="fan-out")


def wants(kinds: list[str], kind: str) -> bool:
    """Whether somebody who asked for `kinds` is told of `kind`."""
    return any(asked in ("*", kind) or (asked.endswith(".*") and kind.startswith(asked[:-1])) for asked in kinds)


@job("tell", outside=True)
def tell(*, subscription_id: int, at: datetime, beat: Any) -> Any:
    """Send a subscription what it has not taken yet, in order, until it refuses one."""
    subscription = Subscription.objects.get(pk=subscription_id)
    unsent = subscription.notices.filter(seq__gt=subscription.delivered).order_by("seq").select_related("event")
    taken, refusal = subscription.delivered, ""
    for notice in unsent[:AT_ONCE] if subscription.active else ():
        beat()
        try:
            rest_hook.send(subscription, notice, timezone.now())
        except (CaresteadError, OSError) as error:
            refusal = str(error)
            break
        taken = notice.seq
    return lambda: _told(subscription, taken, refusal)


def _told(before: Subscription, taken: int, refusal: str) -> Again:
    """Keep how far a subscription got: when to go on, if there is more."""
    now = Subscription.objects.select_for_update().get(pk=before.pk)
    now.delivered = max(now.delivered, taken)
    now.failures = now.failures + 1 if refusal and taken == before.delivered else int(bool(refusal))
    now.error = refusal[:500]
    now.active = now.active and now.failures < MOST_REFUSALS
    now.save(update_fields=["delivered", "failures", "error", "active"])
    if not now.active or now.delivered == now.seq:
        return None
    return backoff(now.failures, secrets.randbelow(100) / 100) if refusal else timedelta(0)


def _give(subscription: Subscription, events: list[Outbox]) -> None:
    if not events:
        return
    # The job before the subscription, as `tell` takes them: the other way round, the two could wait for each other.
    _wake(subscription.pk)
    numbered = enumerate(events, subscription.seq + 1)
    Notice.objects.bulk_create(Notice(subscription=subscription, seq=n, event=e) for n, e in numbered)
    subscription.seq += len(events)
    subscription.save(update_fields=["seq"])


def _wake(subscription_id: int) -> None:
    wake("tell", key=f"tell-{subscription_id}", subscription_id=subscription_id)
