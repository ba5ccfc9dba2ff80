"""Every text of code and templates stands in the catalogue and has its Chinese."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

REPOSITORY = Path(__file__).resolve().parents[2]
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
LEFT_OUT = (".venv", "var", ".git", "tests", "fonts", "__pycache__", "*.mo", "vendor", ".*_cache")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def catalogue(root: Path) -> Catalog:
    with (root / CATALOGUE).open("rb") as file:
        return read_po(file, locale="zh_Hans_CN")


def texts(message_id: "str | tuple[str, ...] | list[str]") -> str:
    return message_id if isinstance(message_id, str) else "\n".join(message_id)


@pytest.fixture(scope="module")
def kept() -> Catalog:
    return catalogue(REPOSITORY)


def test_every_text_has_its_chinese(kept: Catalog) -> None:
    missing = [texts(message.id) for message in kept if message.id and not "".join(texts(message.string))]
    assert missing == []


def test_no_translation_is_a_guess(kept: Catalog) -> None:
    assert [texts(message.id) for message in kept if message.id and message.fuzzy] == []


def test_a_translation_fills_the_same_places(kept: Catalog) -> None:
    wrong = []
    for message in kept:
        wanted = {next(filter(None, found)) for found in PLACEHOLDER.findall(texts(message.id))}
        given = {next(filter(None, found)) for found in PLACEHOLDER.findall(texts(message.string))}
        if message.id and not given <= wanted:
            wrong.append(texts(message.id))
    assert wrong == []


def test_the_catalogue_holds_every_text_of_the_code(kept: Catalog, tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY, tmp_path / "copy", ignore=shutil.ignore_patterns(*LEFT_OUT))
    collect = [sys.executable, "manage.py", "makemessages", "--locale", "zh_Hans", "--no-location", "--no-wrap"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "qms_survey.settings"}
    told = subprocess.run(collect, cwd=tmp_path / "copy", env=environment, capture_output=True, text=True, timeout=120)
    assert told.returncode == 0, told.stderr
    collected = {texts(message.id) for message in catalogue(tmp_path / "copy") if message.id}
    assert sorted(collected - {texts(message.id) for message in kept}) == []
