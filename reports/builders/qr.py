"""A QR code as a drawing and as a picture."""

import io

import segno

# So that a crease or a stamp over a tenth of the code does no harm.
_ERROR_CORRECTION = "m"


def qr_svg(text: str) -> str:
    """Black modules on nothing, with the quiet border that readers need; one unit a module."""
    return _saved(text, "svg", xmldecl=False, svgclass=None, lineclass=None).decode()


def qr_png(text: str) -> bytes:
    """Ten pixels a module, black on white."""
    return _saved(text, "png", scale=10)


def _saved(text: str, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    segno.make(text, error=_ERROR_CORRECTION, micro=False).save(out, kind=kind, **options)
    return out.getvalue()
