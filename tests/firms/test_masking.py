"""No e-mail address, name or secret link reaches the logs."""

import logging
import sys

import pytest

from firms.masking import MaskingFilter, masked


def written(message, *arguments, **options):
    record = logging.LogRecord("x", logging.INFO, "f.py", 1, message, arguments, **{"exc_info": None, **options})
    assert MaskingFilter().filter(record)
    return logging.Formatter("%(message)s").format(record)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("li.wei@example.com", "l***@example.com"),
        ("to <Li_Wei+qms@mail.example.com>, done", "to <L***@mail.example.com>, done"),
        ("a@b.cn; c@d.cn", "a***@b.cn; c***@d.cn"),
        ("GET /invitations/Zm9vYmFy-_1/ 404", "GET /invitations/***/ 404"),
        ("/accounts/password/reset/key/1-abc/", "/accounts/password/reset/key/***/"),
        ("Bearer qms_abcdefghijklmnop", "Bearer qms_***"),
        ("no person here", "no person here"),
    ],
)
def test_what_points_at_a_person_or_opens_a_door_is_masked(text, expected):
    assert masked(text) == expected


def test_arguments_are_masked_too():
    assert written("mail to %s failed", "li.wei@example.com") == "mail to l***@example.com failed"


def test_a_person_is_written_as_an_id(alice):
    assert written("signed in: %s", alice) == f"signed in: person {alice.pk}"


def test_arguments_by_name_are_masked_too(alice):
    assert written("signed in: %(who)s", {"who": alice}) == f"signed in: person {alice.pk}"


def test_a_traceback_is_masked():
    try:
        raise ValueError("li.wei@example.com")
    except ValueError:
        text = written("failed", exc_info=sys.exc_info())
    assert "li.wei" not in text
    assert "ValueError: l***@example.com" in text


def test_a_forged_line_stays_one_line():
    assert written("name: %s", "x\r\n2026-01-01 INFO forged") == "name: x\\r\\n2026-01-01 INFO forged"


def test_cost_grows_with_length_only():
    assert masked("a" * 200_000) == "a" * 200_000
