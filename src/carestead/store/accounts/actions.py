"""Opening accounts."""

from collections.abc import Sequence

from django.db import transaction

from carestead.core.finding import UsageError
from carestead.store.accounts.models import User
from carestead.store.actor import OWN_PAGE, Actor, Role
from carestead.store.audit.actions import record_write


@transaction.atomic
def open_account(
    *,
    username: str,
    name: str,
    roles: Sequence[Role],
    by: Actor,
    organisation_code: str = "",
    practitioner_code: str = "",
    person_id: int | None = None,
    password: str | None = None,
    is_demo: bool = False,
) -> User:
    """A new account. Raises UsageError when the user name is taken or no role is given."""
    if not roles:
        raise UsageError(f"{username} has no role.", f"Give one of: {', '.join(Role)}.")
    if OWN_PAGE & set(roles) and person_id is None:
        raise UsageError(f"{username} is a person or carer, and nobody says whose page they see.", "Give person_id.")
    if User.objects.filter(username=username).exists():
        raise UsageError(f"There is already an account called {username}.", "Choose another user name.")
    user = User(
        username=username,
        name=name,
        roles=[Role(r).value for r in roles],
        organisation_code=organisation_code,
        practitioner_code=practitioner_code,
        person_id=person_id,
        is_demo=is_demo,
    )
    user.set_password(password)
    user.save()
    record_write(by=by, action="open-account", detail={"username": username, "roles": user.roles})
    return user
