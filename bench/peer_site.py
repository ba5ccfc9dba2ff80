"""A site with `django-survey-and-report` and nothing else, as its README sets it up, run by bench/peers.py's Python.

``python -m bench.peer_site QUESTIONS.json CLIENTS`` makes the tables, the questionnaire and who answers it, and prints
for each of them the session and a whole form filled in. Imported by the web server, it has ``application``.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

BY_CATEGORY, ALL_IN_ONE_PAGE = 2, 0
TYPES = {"number": "float", "share": "float", "multi": "select-multiple"}


def database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": parts.path, "OPTIONS": {"timeout": 20}}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path[1:],
        "USER": parts.username,
        "PASSWORD": parts.password,
        "HOST": parts.hostname,
        "PORT": parts.port,
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
    }


settings.configure(
    SECRET_KEY="bench",  # noqa: S106 - a site that lives for a minute
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    DATABASES={"default": database(os.environ["PEER_DATABASE_URL"])},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    ROOT_URLCONF="bench.peer_site",
    LANGUAGE_CODE="en",
    LOGIN_URL="/accounts/login/",
    STATIC_URL="/static/",
    CSV_DIRECTORY=Path(os.environ["PEER_HOME"]),
    TEX_DIRECTORY=Path(os.environ["PEER_HOME"]),
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
        "survey",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
)
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from survey.models import Answer, Category, Question, Survey  # type: ignore[import-not-found]  # noqa: E402

urlpatterns = [path("survey/", include("survey.urls"))]
application = get_wsgi_application()


def questionnaires(parts: list[dict[str, Any]]) -> dict[str, int]:
    """The same questions twice: part by part, and all on one page."""
    return {
        "by_part": questionnaire("by part", parts, BY_CATEGORY),
        "one_page": questionnaire("one page", parts, ALL_IN_ONE_PAGE),
    }


def questionnaire(name: str, parts: list[dict[str, Any]], display: int) -> int:
    made = Survey.objects.create(name=name, description="", need_logged_user=True, display_method=display)
    for number, part in enumerate(parts):
        category = Category.objects.create(name=part["title"], survey=made, order=number, description="")
        for place, one in enumerate(part["questions"]):
            kind = TYPES.get(one["kind"], "radio")
            choices = ", ".join(one["options"]) or None
            Question.objects.create(
                text=one["stem"],
                order=place,
                required=False,
                category=category,
                survey=made,
                type=kind,
                choices=choices,
            )
    return int(made.pk)


def filled_in(survey: int, turn: int) -> list[tuple[str, str]]:
    """Every question with an answer; the second turn answers otherwise than the first."""
    form = []
    for question in Question.objects.filter(survey=survey):
        values = [value for value, _label in question.get_choices()] if question.choices else ["40", "60"]
        form.append((f"question_{question.pk}", str(values[turn % len(values)])))
    return form


def session(number: int) -> str:
    person = User.objects.create_user(f"load-{number}")
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def count() -> int:
    """Answers that stand for a whole response: how many there are."""
    return int(Answer.objects.count())


def main() -> None:
    if sys.argv[1] == "count":
        print(count())  # noqa: T201
        return
    call_command("migrate", verbosity=0)
    surveys = questionnaires(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    people = [session(number) for number in range(int(sys.argv[2]))]
    forms = [filled_in(surveys["one_page"], turn) for turn in (0, 1)]
    print(json.dumps({"surveys": surveys, "sessions": people, "forms": forms}))  # noqa: T201


if __name__ == "__main__":
    main()
