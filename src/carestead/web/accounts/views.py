"""Signing in and out, and choosing a role."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from carestead.store.accounts.models import User
from carestead.store.actor import Actor, Role
from carestead.store.audit.actions import failed_sign_ins, record_sign_in
from carestead.web.accounts.confirm import MOST_FAILURES, TOO_MANY
from carestead.web.shell.doors import Page, door, open_door
from carestead.web.shell.navigation import home as home_of
from carestead.web.shell.session import actor_of


@require_http_methods(["GET", "POST"])
@open_door
def sign_in(request: HttpRequest) -> Page | HttpResponse:
    """The sign-in page, with made-up personas where the demo is on."""
    if request.method == "GET":
        return _form(request)
    username = request.POST.get("username", "").strip()[:100]
    if failed_sign_ins(username) >= MOST_FAILURES:
        return _form(request, {"username": TOO_MANY}, username)
    user = authenticate(request, username=username, password=request.POST.get("password", ""))
    if user is None:
        record_sign_in(by=Actor(username, "", Role.PARTNER), kind="failed-sign-in")
        return _form(request, {"username": "The user name and the password do not belong together."}, username)
    return _enter(request, user)


@require_POST
@open_door
def sign_in_as_persona(request: HttpRequest) -> Page | HttpResponse:
    """Sign in as a made-up persona: only where the demo is on, which is only on loopback and made-up areas."""
    user = User.objects.filter(username=request.POST.get("persona", ""), is_demo=True, is_active=True).first()
    if not settings.DEMO or user is None:
        return _form(request, {"username": "There is no such persona here."})
    return _enter(request, user)


@require_POST
@open_door
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and forget the session."""
    if actor := actor_of(request):
        record_sign_in(by=actor, kind="sign-out")
    logout(request)
    return redirect("sign-in")


@require_POST
@door(*Role, discloses="nobody", action="switch-role")
def switch_role(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Act in another of one's roles from now on."""
    role = request.POST.get("role", "")
    if role in request.user.roles:
        request.session["role"] = role
        record_sign_in(by=request.user.actor(role), kind="sign-in")
    return redirect("home")


@require_GET
@door(*Role, discloses="nobody", action="home")
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The first page of the role."""
    return redirect(home_of(actor.role))


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    record_sign_in(by=user.actor(), kind="sign-in")
    onwards = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(onwards, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(onwards) if safe else redirect("home")


def _form(request: HttpRequest, errors: dict[str, str] | None = None, username: str = "") -> Page:
    personas = User.objects.filter(is_demo=True, is_active=True).order_by("pk") if settings.DEMO else []
    context = {
        "title": "Sign in",
        "personas": [(p.username, p.name, p.actor().role.title) for p in personas],
        "errors": errors or {},
        "username": username,
        "onwards": request.GET.get("next") or request.POST.get("next", ""),
    }
    return Page("accounts/sign_in.jinja", context, status=400 if errors else 200)
