"""A logo as it was uploaded becomes a small PNG of this site's own making: its pixels on white, and nothing else.

What a file is, its bytes say, not its name. Only the two decoders of the formats allowed are ever run, and only after
the size that the header states has been found small enough, so that no file can claim much memory.
"""

import io
import struct
import zlib

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from firms.refusal import RefusalError

MOST_BYTES = 1024 * 1024
TOO_LARGE = gettext_lazy("The logo is larger than 1 MB. Save it smaller, as PNG or JPEG.")
MOST_PIXELS = 4000
# Sharp on paper at the size that a cover gives it, and some tens of kilobytes.
KEPT = (800, 400)
DECODERS: dict[bytes, type[ImageFile]] = {b"\x89PNG\r\n\x1a\n": PngImageFile, b"\xff\xd8\xff": JpegImageFile}
# Kinds of pixels that can be made smaller as they are.
SMOOTH = ("L", "RGB", "RGBA", "CMYK")
# What the decoders raise for a file that breaks off, lies about itself or was made to do harm.
BROKEN = (OSError, SyntaxError, ValueError, OverflowError, EOFError, IndexError, KeyError, TypeError, struct.error)


def logo_read(data: bytes) -> bytes:
    """The logo as a PNG on white, at most 800 by 400 pixels.

    Raises:
        RefusalError: too large, of another format, or not readable; the message says which and what to do.
    """
    if len(data) > MOST_BYTES:
        raise RefusalError(str(TOO_LARGE))
    decoder = next((found for start, found in DECODERS.items() if data.startswith(start)), None)
    if decoder is None:
        raise RefusalError(_refusal(data))
    try:
        return _png(_pixels(_opened(decoder, data)))
    except (*BROKEN, zlib.error, MemoryError) as error:
        raise RefusalError(_("The logo cannot be read: the file is damaged. Save it anew as PNG or JPEG.")) from error


def _refusal(data: bytes) -> str:
    start = data[:1024].lstrip().lower()
    if b"<svg" in start or start.startswith(b"<?xml"):
        return _("The logo is an SVG drawing, which may hold scripts and links. Export it as PNG and upload that.")
    return _("The logo is neither PNG nor JPEG, whatever its name says. Save it as one of the two.")


def _opened(decoder: type[ImageFile], data: bytes) -> Image.Image:
    """Only the header is read; what is larger than allowed never reaches the decoder of its pixels."""
    image = decoder(io.BytesIO(data))
    if max(image.size) > MOST_PIXELS:
        width, height = image.size
        raise RefusalError(
            _("The logo is %(width)d by %(height)d pixels. At most %(most)d each way: save it smaller.")
            % {"width": width, "height": height, "most": MOST_PIXELS}
        )
    return image


def _pixels(image: Image.Image) -> Image.Image:
    """Shrunk, turned as the camera was held, and on white: no ground shines through."""
    image.draft("RGB", KEPT)
    image.load()
    shrunk = image if image.mode in SMOOTH else _eight_bit(image).convert("RGBA")
    # Before anything copies it: a large picture is held once.
    shrunk.thumbnail(KEPT, Image.Resampling.LANCZOS, reducing_gap=2.0)
    small = ImageOps.exif_transpose(shrunk).convert("RGBA")
    ground = Image.new("RGB", small.size, "white")
    ground.paste(small, mask=small.getchannel("A"))
    return ground


def _eight_bit(image: Image.Image) -> Image.Image:
    """Greys of 16 bits would be cut off at white, not scaled."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda value: value / 256).convert("L")


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
