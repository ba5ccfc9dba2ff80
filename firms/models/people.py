"""A person is known by an e-mail address; what they may do follows from memberships, never from the person alone."""

import uuid
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from firms.compiled import Compiled


@dataclass(frozen=True)
class Limit:
    """What a person who comes with an API token may do at most; ``firm`` is None for every firm of theirs."""

    rights: frozenset[str]
    firm: uuid.UUID | None


class PersonManager(BaseUserManager["Person"]):
    """E-mail addresses are kept in lower case, so that one person cannot register twice by a capital letter."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        if not email:
            raise ValueError("A person needs an e-mail address.")
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """What ``manage.py createsuperuser`` calls: a member of the platform's staff."""
        return self.create_user(email, password, **{**fields, "is_staff": True})

    def get(self, *args: Any, **lookups: Any) -> "Person":
        """By the id alone, as each request of a signed-in person asks, without building the query anew.

        Not so for the managers that Django derives from this one: they narrow to what belongs to another row.
        """
        pk = lookups.get("pk")
        if args or len(lookups) > 1 or not isinstance(pk, uuid.UUID) or type(self) is not PersonManager:
            return super().get(*args, **lookups)
        found = BY_ID.objects(self.model, pk=pk)
        if not found:
            raise self.model.DoesNotExist
        return found[0]

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").strip().lower())


BY_ID: Compiled["Person"] = Compiled(lambda *, pk: Person.objects.filter(pk=pk), {"pk": uuid.UUID})


class Person(AbstractBaseUser):
    class Language(models.TextChoices):
        CHINESE = "zh-hans", "简体中文"
        ENGLISH = "en", "English"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=10, choices=Language, default=Language.CHINESE)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    # Set on the instance when the request came with an API token; the access gate honours it.
    limit: Limit | None = None

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once_whatever_the_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name or self.email.partition("@")[0]
