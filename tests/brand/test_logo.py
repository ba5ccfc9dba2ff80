"""A logo becomes pixels on white and nothing else; what cannot become that is refused with its reason."""

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from firms.refusal import RefusalError
from reports.brand.logo import KEPT, MOST_BYTES, logo_read
from reports.limits import memory_limited
from tests.brand.pictures import BURGUNDY, PASSENGERS, chunks_of, claims_to_be, drawn, opened, saved

WHITE = (255, 255, 255)
SOUND = saved(drawn())


def texts() -> PngImagePlugin.PngInfo:
    about = PngImagePlugin.PngInfo()
    about.add_text("Comment", "<script>alert(1)</script>", zip=True)
    about.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta/>")
    return about


def refusal(data: bytes) -> str:
    with override("en"), pytest.raises(RefusalError) as refused:
        logo_read(data)
    return str(refused.value)


@pytest.mark.parametrize("passenger", PASSENGERS.values(), ids=PASSENGERS)
@pytest.mark.parametrize("format", ["PNG", "JPEG"])
def test_of_a_file_that_is_two_things_only_the_picture_is_kept(format: str, passenger: bytes) -> None:
    made = logo_read(saved(drawn("RGB"), format) + passenger)
    assert (passenger[:20] in made, set(chunks_of(made))) == (False, {b"IHDR", b"IDAT", b"IEND"})


def test_texts_profiles_and_camera_data_do_not_survive() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken in the workshop"
    made = logo_read(saved(drawn(), pnginfo=texts(), exif=exif, icc_profile=b"profile" * 40, dpi=(300, 300)))
    assert set(chunks_of(made)) == {b"IHDR", b"IDAT", b"IEND"}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_kind_of_png_comes_out_with_its_size(mode: str) -> None:
    made = opened(logo_read(saved(drawn(mode))))
    assert (made.mode, made.size) == ("RGB", (300, 120))


def test_what_is_transparent_becomes_white_and_the_rest_keeps_its_colour() -> None:
    made = opened(logo_read(SOUND))
    assert (made.getpixel((290, 60)), made.getpixel((60, 60))) == (WHITE, BURGUNDY)


def test_greys_of_sixteen_bits_are_scaled_and_not_cut_off() -> None:
    made = opened(logo_read(saved(Image.new("I;16", (20, 20), 0x8000))))
    assert made.getpixel((5, 5)) == (128, 128, 128)


def test_a_picture_from_a_camera_held_sideways_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(logo_read(saved(drawn("RGB"), "JPEG", exif=exif))).size == (120, 300)


def test_a_large_logo_is_made_small_and_keeps_its_proportions() -> None:
    assert opened(logo_read(saved(Image.new("L", (4000, 1000))))).size == (KEPT[0], 200)


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert logo_read(SOUND) == logo_read(SOUND + b"behind")


@pytest.mark.parametrize("size", [(4001, 10), (10, 4001), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_what_claims_to_be_huge_is_refused_before_it_takes_memory(size: tuple[int, int]) -> None:
    with memory_limited(16):
        told = refusal(claims_to_be(*size))
    assert (f"{size[0]} by {size[1]} pixels" in told, "At most 4000" in told) == (True, True)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (SOUND + b"\0" * MOST_BYTES, "larger than 1 MB"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "SVG drawing"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><svg/>', "SVG drawing"),
        (saved(drawn("RGB"), "GIF"), "neither PNG nor JPEG"),
        (saved(drawn("RGB"), "WEBP"), "neither PNG nor JPEG"),
        (b"MZ\x90\x00 not a picture", "neither PNG nor JPEG"),
        (b"", "neither PNG nor JPEG"),
        (SOUND[:-60], "damaged"),
        (claims_to_be(300, 300), "damaged"),
        (claims_to_be(0, 0), "damaged"),
    ],
)
def test_what_is_no_logo_is_refused_with_its_reason(data: bytes, told: str) -> None:
    assert told in refusal(data)


@settings(max_examples=150, deadline=None)
@given(at=st.integers(8, len(SOUND) - 1), put=st.binary(min_size=1, max_size=6), cut=st.integers(0, len(SOUND)))
def test_a_damaged_file_is_refused_or_read_and_never_breaks_the_page(at: int, put: bytes, cut: int) -> None:
    damaged = SOUND[:at] + put + SOUND[at + len(put) : len(SOUND) - cut % 40]
    try:
        made = logo_read(damaged)
    except RefusalError:
        made = b""
    assert made == b"" or chunks_of(made)[0] == b"IHDR"
