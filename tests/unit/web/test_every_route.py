"""Every address there is: each has an audit rule, and writes down exactly the people it shows."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from carestead import results, web
from carestead.core.nhs_number import display
from carestead.store.audit.models import AuditEvent

SAMPLES = {
    "person_id": "10",
    "score": "efi",
    "rule": "activity",
    "practice": "Y00001",
    "version": "made-up",
    "sheet": "measures",
    "list_id": "efi",
    "notice_id": "1",
    "promise_id": "1",
    "hand_over_id": "1",
    "opening_id": "1",
    "bulk_id": "1",
    "request_id": "1",
    "message_id": "1",
    "act": "accept",
    "kind": "told",
    "subject_id": "1",
    "plan_id": "1",
    "goal_id": "1",
    "part": "plan",
    "heading": "strengths",
    "number": "1",
    "meeting_id": "1",
    "lesson_id": "1",
    "invariant": "R1",
    "audience": "council",
}
CHANGES = {"sign-out", "switch-role", "sign-in-as-persona", "today-seen", "not-done"}
FEEDS = {"api-messages", "api-heartbeat"}
DIRECT_CARE = {"gp", "coordinator", "lead", "partner"}


def routes(patterns=None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for p in patterns or get_resolver().url_patterns:
        if isinstance(p, URLResolver):
            yield from routes(p.url_patterns, before + str(p.pattern))
        else:
            yield before + str(p.pattern), p


def addresses() -> list[str]:
    return [
        filled(route) for route, p in routes() if p.name not in CHANGES | FEEDS and not hasattr(p.callback, "demands")
    ]


def filled(route: str) -> str:
    return "/" + re.sub(r"<\w+:(\w+)>", lambda m: SAMPLES[m[1]], route)


def writing() -> list[tuple[str, str]]:
    """The routes that write, each with the header it demands."""
    return [(filled(r), p.callback.demands) for r, p in routes() if hasattr(p.callback, "demands")]


def test_every_route_has_an_audit_rule_and_a_door():
    found = list(routes())
    assert len(found) > 20
    without = [route for route, p in found if not hasattr(p.callback, "audit_rule") or not hasattr(p.callback, "roles")]
    assert not without, f"these routes have no audit rule: {without}"


def test_a_route_about_a_person_says_that_it_discloses_people():
    silent = [r for r, p in routes() if "person_id" in r and p.callback.audit_rule.discloses != "people"]
    assert not silent


def test_every_writing_route_demands_a_version_or_a_key(pages):
    clients = [pages(who) for who in ("gp", "coordinator", "lead", "partner")]
    assert len(writing()) >= 3
    for address, demands in writing():
        assert demands in ("If-Match", "Idempotency-Key"), address
        for client in clients:
            answer = client.post(address, "{}", content_type="application/json")
            assert answer.status_code == 428, (address, answer.status_code)
            assert demands in answer.content.decode(), address


def test_nobody_writes_without_signing_in(pages):
    nobody = pages(None)
    for address, demands in writing():
        sent = {"If-Match": 'W/"0"', "Idempotency-Key": "a-key-of-somebody"}
        answer = nobody.post(address, "{}", content_type="application/json", headers=sent)
        assert (answer.status_code, demands in sent) == (401, True), address


def test_every_form_is_done_once():
    """A form that changes something carries the mark by which a second click is known; buying has one of its own."""
    known = {"base.jinja", "sign_in.jinja", "buy.jinja", "check.jinja"}
    without = [
        str(path)
        for path in (Path(web.__file__).parent).rglob("*.jinja")
        if 'method="post"' in (text := path.read_text()) and path.name not in known and "once_input()" not in text
    ]
    assert without == []


def test_nobody_sees_anything_without_signing_in(pages):
    nobody = pages(None)
    for address in addresses():
        answer = nobody.get(address)
        if address != "/sign-in/":
            assert answer.status_code in (302, 401), address
    assert not AuditEvent.objects.filter(kind="read").exists()


@pytest.fixture(scope="module")
def names(small_area):
    with results.latest(small_area) as snapshot:
        return snapshot.rows(
            "select person_id, upper(family_name) || ', ' || given_name as name, nhs_number from patient", ("patient",)
        )


def test_each_answer_writes_down_exactly_whom_it_shows(pages, persona, names):
    who, _role = persona
    client = pages(who)
    for address in addresses():
        before = AuditEvent.objects.filter(kind__in=("read", "refused")).count()
        answer = client.get(address)
        assert answer.status_code in (200, 302, 403), (address, answer.status_code)
        events = list(AuditEvent.objects.filter(kind__in=("read", "refused")).order_by("pk")[before:])
        text = answer.content.decode()
        shown = {n["person_id"] for n in names if display(n["nhs_number"]) in text or n["nhs_number"] in text}
        if answer.status_code == 403:
            assert [e.kind for e in events] == ["refused"], address
            assert not shown, address
        if shown:
            assert [e.kind for e in events] == ["read"], address
            assert shown <= set(events[0].people), address
        if who not in DIRECT_CARE:
            assert not shown, address
            assert not any(e.kind == "read" for e in events), address


def test_pages_are_not_kept_and_run_no_strange_script(pages):
    answer = pages("gp").get("/people/")
    assert answer.headers["Cache-Control"] == "no-store"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    text = answer.content.decode()
    assert not re.search(r"\sstyle=|\son\w+=", text)
    assert len(re.findall(r"<script(?! nonce=| type=\"module\" src=)", text)) == 0


def test_reading_changes_nothing_but_the_audit(pages):
    from django.apps import apps

    client = pages("gp")
    models = [m for m in apps.get_models() if m._meta.app_label in ("find", "assign", "commission", "accounts")]
    before = {m: list(m.objects.order_by("pk").values()) for m in models}
    for address in addresses():
        client.get(address)
    assert before == {m: list(m.objects.order_by("pk").values()) for m in models}
