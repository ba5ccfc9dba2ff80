"""What must be in place before the site starts."""

import gettext
import os
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import Settings

from qms_survey.preparing import collect_static, compile_catalogues

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Level"
msgstr "等级"

#, fuzzy
msgid "Index"
msgstr "指标"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    source = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE)
    return source


def test_a_catalogue_is_compiled_into_what_gettext_reads(source: Path, tmp_path: Path) -> None:
    assert compile_catalogues([tmp_path]) == [source.with_suffix(".mo")]
    with source.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Level") == "等级"


def test_a_doubtful_translation_is_not_shown(source: Path, tmp_path: Path) -> None:
    compile_catalogues([tmp_path])
    with source.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Index") == "Index"


def test_a_catalogue_is_compiled_again_only_when_its_source_is_newer(source: Path, tmp_path: Path) -> None:
    compile_catalogues([tmp_path])
    assert compile_catalogues([tmp_path]) == []
    compiled = source.with_suffix(".mo").stat().st_mtime
    os.utime(source, (compiled + 5, compiled + 5))
    assert compile_catalogues([tmp_path]) == [source.with_suffix(".mo")]


def test_static_files_are_collected_again_only_when_one_changed(settings: Settings, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [own], tmp_path / "collected"
    (own / "a.txt").write_text("one")
    assert (collect_static(), collect_static()) == (True, False)
    (own / "a.txt").write_text("three")
    assert collect_static()
    assert (tmp_path / "collected" / "a.txt").read_text() == "three"


def test_every_language_of_the_site_but_english_has_a_catalogue() -> None:
    languages = {path.parent.parent.name for path in Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po")}
    assert languages == {"zh_Hans"}
