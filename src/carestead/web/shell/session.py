"""Who is signed in, in which of their roles."""

from django.http import HttpRequest

from carestead.store.actor import Actor


def actor_of(request: HttpRequest) -> Actor | None:
    """The actor of a request, or None when nobody is signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return user.actor(request.session.get("role"))
