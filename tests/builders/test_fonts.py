"""The fonts in the repository are whole, unchanged, and free to be embedded."""

from hashlib import sha256

import pytest
from fontTools.ttLib import TTFont

from reports.typesetting import FAMILIES, FONTS

SUMS = dict(reversed(line.split()) for line in (FONTS / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
FILES = [f"{name}.ttf" for names in FAMILIES.values() for name in names]


@pytest.mark.parametrize("name", SUMS)
def test_a_file_is_the_one_that_was_committed(name):
    assert sha256((FONTS / name).read_bytes()).hexdigest() == SUMS[name]


def test_every_font_has_its_checksum():
    assert {path.name for path in FONTS.glob("*.ttf")} == set(FILES) == set(SUMS) - {"OFL.txt"}


@pytest.mark.parametrize("name", FILES)
def test_a_font_may_be_embedded_and_is_under_the_open_font_licence(name):
    with TTFont(FONTS / name, lazy=True) as font:
        assert font["OS/2"].fsType == 0
        assert "SIL Open Font License" in font["name"].getDebugName(13)


def test_the_origin_of_every_font_is_written_down():
    origin = (FONTS / "ORIGIN.md").read_text(encoding="utf-8")
    assert [name for name in FILES if name not in origin] == []
