"""What `manage.py doctor` finds."""

from pathlib import Path

import pytest
from pytest_django import Settings

from qms_survey import diagnosis
from qms_survey.diagnosis import State


def test_a_secret_key_that_others_can_read_is_a_fault(settings: Settings, tmp_path: Path) -> None:
    settings.QMS_HOME = tmp_path
    (tmp_path / "secret_key").write_text("secret")
    (tmp_path / "secret_key").chmod(0o644)
    finding = diagnosis.secret_key()
    assert finding.state == State.FAULT
    assert f"chmod 600 {tmp_path / 'secret_key'}" in str(finding.mend)


def test_a_secret_key_for_its_owner_alone_is_good(settings: Settings, tmp_path: Path) -> None:
    settings.QMS_HOME = tmp_path
    (tmp_path / "secret_key").touch(mode=0o600)
    assert diagnosis.secret_key().state == State.GOOD


def test_a_little_space_left_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "LEAST_FREE_MEGABYTES", 10**12)
    assert diagnosis.data_directory().state == State.WARNING


def test_a_redis_that_does_not_answer_is_a_fault(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert diagnosis.queue().state == State.FAULT


def test_the_embedded_broker_need_not_run_before_the_site_does() -> None:
    assert diagnosis.queue().state == State.GOOD


def test_without_a_worker_reports_wait() -> None:
    assert diagnosis.worker().state == State.WARNING


@pytest.mark.django_db
def test_a_database_with_all_migrations_is_good() -> None:
    assert diagnosis.database().state == State.GOOD


def test_a_font_that_was_damaged_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  Song.ttf\n{'1' * 64}  Lost.ttf\n")
    (tmp_path / "Song.ttf").write_bytes(b"damaged")
    monkeypatch.setattr(diagnosis, "FONTS", tmp_path)
    assert "Song.ttf, Lost.ttf" in diagnosis.report_fonts().words


def test_the_fonts_of_this_copy_are_complete() -> None:
    assert diagnosis.report_fonts().state == State.GOOD


def test_whoever_finds_a_fault_says_how_to_mend_it(settings: Settings, tmp_path: Path) -> None:
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifest"}}
    settings.STATIC_ROOT = tmp_path
    finding = diagnosis.static_files()
    assert (finding.state, bool(finding.mend)) == (State.FAULT, True)
