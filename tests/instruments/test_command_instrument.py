"""`manage.py instrument`: exit status, reasons on standard error, nothing half-written, no database."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from surveys.library import BUNDLED, VersionTaken, instrument_get, instrument_list, instrument_store, instrument_text
from tests.instruments.rich import RICH, edited

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def home(tmp_path: Path, settings) -> Iterator[Path]:
    settings.QMS_HOME = tmp_path / "home"
    yield tmp_path


def run(*arguments: str) -> str:
    out = io.StringIO()
    with translation.override("en"):
        call_command("instrument", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def refused(*arguments: str) -> CommandError:
    with pytest.raises(CommandError) as error:
        run(*arguments)
    return error.value


def kept(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "home").rglob("*") if path.is_file())


def written(home: Path, text: str, name: str = "file.yaml") -> str:
    (home / name).write_text(text, encoding="utf-8")
    return str(home / name)


def test_list_names_every_bundled_instrument() -> None:
    assert "bluebook" in [row["code"] for row in json.loads(run("list", "--format", "json"))]
    assert len(run("list").splitlines()) == len(list(BUNDLED.glob("*.yaml")))


def test_export_yaml_is_the_file_as_it_was_written(home: Path) -> None:
    run("export", "bluebook@1.0.0", "--out", str(home / "out.yaml"))
    assert (home / "out.yaml").read_bytes() == (BUNDLED / "bluebook-1.0.0.yaml").read_bytes()


@pytest.mark.parametrize("form", ["yaml", "json", "xlsx", "xlsform"])
def test_an_export_can_be_checked_and_is_already_there(home: Path, form: str) -> None:
    file = str(home / f"out.{form}")
    run("export", "product-grade", "--format", form, "--out", file)
    assert file in run("check", file)
    run("import", file)
    assert kept(home) == []


def test_the_question_book_comes_in_one_language(home: Path) -> None:
    run("export", "bluebook", "--format", "md", "--lang", "en", "--out", str(home / "book.md"))
    assert "### PR-01" in (home / "book.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["export", "bluebok"], 1),
        (["export", "bluebook@9.0.0"], 1),
        (["export", "bluebook", "--lang", "en"], 2),
        (["export", "bluebook", "--out", "/nowhere/at/all.yaml"], 1),
        (["check", "/nowhere/at/all.yaml"], 1),
    ],
)
def test_a_refusal_has_its_exit_status(arguments: list[str], status: int) -> None:
    assert refused(*arguments).returncode == status


def test_a_fault_is_told_with_file_line_and_mend(home: Path) -> None:
    file = written(home, edited("minutes: 3", "minuets: 3"))
    error = refused("check", file)
    assert error.returncode == 1
    assert (
        str(error).splitlines()[1] == f"{file}: line 8, minuets: “minuets” is not a field here. Did you mean “minutes”?"
    )


def test_import_keeps_nothing_of_a_file_with_a_fault(home: Path) -> None:
    refused("import", written(home, edited("minutes: 3", "minuets: 3")))
    assert kept(home) == []


def test_an_imported_instrument_is_found_with_its_text_unchanged(home: Path) -> None:
    run("import", written(home, RICH))
    assert kept(home) == ["rich-1.0.0.yaml"]
    assert instrument_text("rich") == RICH
    assert instrument_get("rich").code in [one.code for one in instrument_list()]


def test_the_same_content_may_be_imported_again(home: Path) -> None:
    run("import", written(home, RICH))
    run("import", written(home, RICH.replace("weight: 2\n", "weight: 2.0  # twice as heavy\n")))
    assert instrument_text("rich") == RICH


def test_a_published_version_never_changes(home: Path) -> None:
    run("import", written(home, RICH))
    error = refused("import", written(home, edited("weight: 2\n", "weight: 3\n")))
    assert error.returncode == 1
    assert "rich@1.0.0" in str(error)
    assert instrument_text("rich") == RICH


def test_a_bundled_version_never_changes(home: Path) -> None:
    text = instrument_text("bluebook").replace("minutes: 19", "minutes: 20")
    assert refused("import", written(home, text)).returncode == 1
    assert kept(home) == []


def test_a_draft_may_change_until_it_is_published(home: Path) -> None:
    draft = edited("status: published", "status: draft")
    run("import", written(home, draft))
    run("import", written(home, draft.replace("weight: 2\n", "weight: 3\n")))
    run("import", written(home, RICH))
    assert instrument_text("rich") == RICH


def test_a_draft_does_not_take_the_place_of_the_published_version(home: Path) -> None:
    run("import", written(home, RICH))
    draft = edited("status: published", "status: draft").replace('version: "1.0.0"', 'version: "1.1.0"')
    run("import", written(home, draft))
    assert instrument_get("rich").version == "1.0.0"
    assert instrument_get("rich", "1.1.0").status == "draft"


def test_a_draft_alone_is_listed_only_where_drafts_are_asked_for(home: Path) -> None:
    run("import", written(home, edited("status: published", "status: draft")))
    assert "rich" not in [one.code for one in instrument_list()]
    assert "rich" in [one.code for one in instrument_list(drafts=True)]


def test_figures_are_checked_against_the_file_that_they_are_for(home: Path) -> None:
    figures = "scoring/data/benchmarks/bluebook-figures-1.0.0.yaml"
    file = written(home, instrument_text("bluebook").replace("DG-03", "DG-13"))
    assert "There is no item DG-03" in str(refused("check", file, "--benchmark", figures))


def test_figures_on_no_boundary_are_refused(home: Path) -> None:
    text = Path("scoring/data/benchmarks/bluebook-figures-1.0.0.yaml").read_text(encoding="utf-8")
    file = written(home, text.replace("{item: PR-01, at_least: 4}", "{item: PR-01, at_least: 4.5}"))
    assert "4.5" in str(refused("check", file))


def test_two_imports_at_once_cannot_both_publish(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The other process has put its file there after this one looked.
    instrument_store(text=RICH)
    monkeypatch.setattr("surveys.library.instrument_files", dict)
    with pytest.raises(VersionTaken):
        instrument_store(text=edited("weight: 2\n", "weight: 3\n"))
    assert (home / "home/instruments/rich-1.0.0.yaml").read_text(encoding="utf-8") == RICH
