"""Confirming once more who one is, in the way one has signed in: with the password, where the account has one."""

from django.contrib.auth import authenticate
from django.http import HttpRequest

from carestead.store.actor import Actor
from carestead.store.audit.actions import failed_sign_ins, record_sign_in

MOST_FAILURES = 10
TOO_MANY = "Too many tries. Wait 15 minutes, then try again."


def has_password(request: HttpRequest) -> bool:
    """Whether whoever is signed in can be asked for a password; a made-up persona has none."""
    return bool(request.user.has_usable_password())


def password_fault(request: HttpRequest, actor: Actor, password: str) -> str:
    """What is wrong with the password that somebody signed in types again; empty when nothing is. A wrong one counts as
    a failed sign-in."""
    if failed_sign_ins(actor.username) >= MOST_FAILURES:
        return TOO_MANY
    if authenticate(request, username=actor.username, password=password) is None:
        record_sign_in(by=actor, kind="failed-sign-in")
        return "This is not your password. Type the one you sign in with."
    return ""
