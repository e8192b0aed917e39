"""The accounts of people who sign in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from carestead.store.actor import Actor, Role


class Users(BaseUserManager):
    """Finds accounts by their user name."""

    def get_by_natural_key(self, username: str) -> "User":
        """The account called `username`. Raises User.DoesNotExist."""
        return self.get(username=username)


class User(AbstractBaseUser):
    """Somebody who signs in. `roles` are names of Role; the first is the one they start in.

    `person_id` is set for a person and for a carer: whose page they see. `is_demo` marks a made-up persona: it has no
    password and can be signed in as only where the demo is on.
    """

    username = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    roles = models.JSONField(default=list)
    organisation_code = models.CharField(max_length=20, blank=True)
    practitioner_code = models.CharField(max_length=50, blank=True)
    person_id = models.IntegerField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects = Users()
    USERNAME_FIELD = "username"

    def actor(self, role: str | None = None) -> Actor:
        """The person in one of their roles, the first when `role` is none of theirs."""
        chosen = role if role in self.roles else self.roles[0]
        return Actor(
            self.username, self.name, Role(chosen), self.organisation_code, self.practitioner_code, self.person_id
        )
