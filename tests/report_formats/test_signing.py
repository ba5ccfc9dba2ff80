"""With a key every PDF is signed, and a reader's own program tells who issued it; with a bad key nothing goes out."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pytest_django import Settings

from reports.models import Report
from reports.services import report_build, report_request
from reports.signing import SigningError, signing_faults
from surveys.models import Assessment
from tests.filling import NOW
from tests.report_formats.conftest import Built

PASSWORD = "for-tests"
STARTS = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def keystore() -> tuple[bytes, x509.Certificate]:
    """A certificate of our own making with its key."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test issuer")])
    usage = x509.KeyUsage(True, True, False, False, False, True, True, False, False)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(STARTS)
        .not_valid_after(STARTS + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    packed = pkcs12.serialize_key_and_certificates(
        b"issuer", key, made, None, BestAvailableEncryption(PASSWORD.encode())
    )
    return packed, made


@pytest.fixture
def key(keystore: tuple[bytes, x509.Certificate], settings: Settings, tmp_path: Path) -> x509.Certificate:
    file = tmp_path / "key.p12"
    file.write_bytes(keystore[0])
    settings.REPORT_SIGNING_KEY, settings.REPORT_SIGNING_PASSWORD = str(file), PASSWORD
    return keystore[1]


def signature_of(data: bytes) -> object:
    return PdfFileReader(io.BytesIO(data)).embedded_signatures[0]


def test_a_signed_pdf_is_whole_and_its_signature_holds(key: x509.Certificate, built: Built) -> None:
    signature = signature_of(built()[1])
    from asn1crypto import x509 as plain  # noqa: PLC0415 - the form in which pyHanko takes trust roots
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415

    root = plain.Certificate.load(key.public_bytes(Encoding.DER))
    found = validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))  # type: ignore[arg-type]
    assert (found.intact, found.valid, found.coverage.name) == (True, True, "ENTIRE_FILE")


def test_a_changed_byte_breaks_the_signature(key: x509.Certificate, built: Built) -> None:
    data = bytearray(built()[1])
    data[2000] ^= 1
    signature = signature_of(bytes(data))
    signature.compute_integrity_info()  # type: ignore[attr-defined]
    assert validate_pdf_signature(signature, ValidationContext(trust_roots=[])).intact is False  # type: ignore[arg-type]


def test_a_signed_pdf_is_still_accessible_and_fit_for_the_archive(key: x509.Certificate, built: Built) -> None:
    with pikepdf.open(io.BytesIO(built()[1])) as pdf:
        about = pdf.open_metadata()
        assert (about["pdfuaid:part"], about["pdfaid:part"]) == ("1", "2")
        assert pdf.pages[0].Tabs == "/S"


def test_without_a_key_nothing_is_signed(built: Built) -> None:
    assert list(PdfFileReader(io.BytesIO(built()[1])).embedded_signatures) == []


@pytest.mark.parametrize("fault", ["missing", "nonsense", "password"])
def test_a_key_that_cannot_sign_stops_the_report_and_is_told(
    key: x509.Certificate, assessment: Assessment, alice: object, settings: Settings, tmp_path: Path, fault: str
) -> None:
    settings.REPORTS_DIR = tmp_path / "reports"
    if fault == "missing":
        settings.REPORT_SIGNING_KEY = str(tmp_path / "gone.p12")
    elif fault == "nonsense":
        Path(settings.REPORT_SIGNING_KEY).write_bytes(b"no key")
    else:
        settings.REPORT_SIGNING_PASSWORD = "wrong"
    report = report_request(assessment=assessment, language="en", person=alice, now=NOW)  # type: ignore[arg-type]
    with pytest.raises(SigningError, match="REPORT_SIGNING"):
        report_build(report_id=report.pk)
    report.refresh_from_db()
    assert (report.state, report.file) == (Report.State.QUEUED, "")
    assert len(list(signing_faults(NOW))) == 1


def test_a_certificate_that_ran_out_is_told(key: x509.Certificate) -> None:
    assert len(list(signing_faults(STARTS + timedelta(days=4000)))) == 1
    assert list(signing_faults(NOW)) == []
