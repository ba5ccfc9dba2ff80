"""Signs finished PDFs when the site has a key, so that a reader's own program says who issued them.

The signature is added behind the file as it was set: what makes it accessible and fit for an archive stays as it is.
Nothing is drawn on any page, and nothing is asked of the network.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from django.utils.translation import gettext as _

from firms.later import later

if TYPE_CHECKING:
    from pyhanko import sign
    from pyhanko.pdf_utils import generic, incremental_writer
    from pyhanko.sign import fields
else:
    sign, fields = later("pyhanko.sign"), later("pyhanko.sign.fields")
    generic, incremental_writer = later("pyhanko.pdf_utils.generic"), later("pyhanko.pdf_utils.incremental_writer")

FIELD = "Issuer"


class SigningError(RuntimeError):
    """A key is configured and cannot sign; the message says why and what to do."""


def is_configured() -> bool:
    return bool(settings.REPORT_SIGNING_KEY)


def signed(pdf: bytes) -> bytes:
    """The PDF with the site's signature; unchanged where no key is configured.

    Raises:
        SigningError: the key cannot be read, or does not open with the password.
    """
    if not is_configured():
        return pdf
    signer = _signer()
    out = io.BytesIO()
    writer = incremental_writer.IncrementalPdfFileWriter(io.BytesIO(pdf))
    _in_reading_order(writer)
    # Plain CMS, as PDF 1.7 and with it the archive format know it.
    about = sign.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    )
    field = fields.SigFieldSpec(FIELD, on_page=0, readable_field_name=str(settings.SITE_NAME))
    sign.sign_pdf(writer, about, signer=signer, new_field_spec=field, output=out)
    return out.getvalue()


def _in_reading_order(writer: incremental_writer.IncrementalPdfFileWriter) -> None:
    """A page of an accessible file that has a form field says in which order fields are walked through."""
    reference = writer.find_page_for_modification(0)[0]  # type: ignore[no-untyped-call]
    page = reference.get_object()
    page[generic.pdf_name("/Tabs")] = generic.pdf_name("/S")
    writer.update_container(page)


def _signer() -> sign.SimpleSigner:
    password = settings.REPORT_SIGNING_PASSWORD.encode() or None
    _certificate()
    signer: sign.SimpleSigner | None = sign.SimpleSigner.load_pkcs12_data(
        _key_file(), other_certs=[], passphrase=password
    )
    if signer is None:
        raise SigningError(_unreadable())
    return signer


def _key_file() -> bytes:
    path = Path(settings.REPORT_SIGNING_KEY)
    try:
        return path.read_bytes()
    except OSError as error:
        raise SigningError(
            _("REPORT_SIGNING_KEY: %(file)s cannot be read (%(reason)s).")
            % {"file": path, "reason": error.strerror or type(error).__name__}
        ) from error


def _unreadable() -> str:
    return _(
        "REPORT_SIGNING_KEY: %(file)s is no PKCS#12 file with a key and a certificate, or REPORT_SIGNING_PASSWORD "
        "does not open it."
    ) % {"file": settings.REPORT_SIGNING_KEY}


def _certificate() -> x509.Certificate:
    """The certificate beside the key; SigningError where either is missing."""
    password = settings.REPORT_SIGNING_PASSWORD.encode() or None
    try:
        key, certificate, _others = pkcs12.load_key_and_certificates(_key_file(), password)
    except ValueError as error:
        raise SigningError(_unreadable()) from error
    if key is None or certificate is None:
        raise SigningError(_unreadable())
    return certificate


def signing_faults(now: datetime) -> Iterator[str]:
    """What keeps the site from signing, in words; nothing where it signs, or is not meant to."""
    if not is_configured():
        return
    try:
        certificate = _certificate()
    except SigningError as error:
        yield str(error)
        return
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        yield _("The certificate in REPORT_SIGNING_KEY is valid from %(start)s to %(end)s only.") % {
            "start": certificate.not_valid_before_utc.date().isoformat(),
            "end": certificate.not_valid_after_utc.date().isoformat(),
        }
