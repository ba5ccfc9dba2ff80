"""Which files are taken as evidence, told from their content alone: a name or a browser's word proves nothing."""

import io
import warnings
import zipfile
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_PIXELS = 60_000_000
IMAGES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
# The kind, which is also the only ending a file is given back with -> its content type.
KINDS = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """``kind`` is a key of KINDS, or None with the code of the reason why the file is not taken."""

    kind: str | None
    reason: str = ""


def look_at(content: bytes) -> Looked:
    """What the content is. Nothing is run, unpacked to disk or believed of the name."""
    if not content:
        return Looked(None, "empty")
    if len(content) > MOST_BYTES:
        return Looked(None, "too_large")
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return _image(content) or _text(content)


def _pdf(content: bytes) -> Looked:
    if b"%%EOF" not in content[-2048:]:
        return Looked(None, "damaged")
    active = any(word in content for word in (b"/JavaScript", b"/Launch", b"/EmbeddedFile"))
    return Looked(None, "active") if active else Looked("pdf")


def _office(content: bytes) -> Looked:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return Looked(None, "damaged")
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        return Looked(None, "too_large")
    names = {member.filename for member in members}
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll")) or "/activex" in name.lower() for name in names):
        return Looked(None, "active")
    kind = next((kind for part, kind in OFFICE.items() if part in names), None)
    return Looked(kind) if kind and "[Content_Types].xml" in names else Looked(None, "unknown")


def _image(content: bytes) -> Looked | None:
    """None where the content is no picture at all."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=list(IMAGES)) as picture:
                kind, pixels = IMAGES[str(picture.format)], picture.width * picture.height
                picture.verify()
    except UnidentifiedImageError:
        return None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Looked(None, "too_large")
    except (OSError, SyntaxError, ValueError):
        return Looked(None, "damaged")
    return Looked(None, "too_large") if pixels > MOST_PIXELS else Looked(kind)


def _text(content: bytes) -> Looked:
    """Plain text in UTF-8, GB18030 or, by its byte order mark, UTF-16; with control characters it is something else."""
    marked = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        printable = all(char in "\t\r\n" or char.isprintable() or char == "\u3000" for char in text)
        return Looked("txt") if printable else Looked(None, "unknown")
    return Looked(None, "unknown")
