"""Names that change their mind, addresses that do not answer, and certificates."""

from __future__ import annotations

import datetime
import ssl
from collections.abc import Sequence
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.fakes.file_site import FileSite, file, redirect
from tests.fetch.conftest import Fetch, only_here
from transcripts.fetch.errors import UrlCertificateError, UrlRefusedError, UrlUnreachableError
from transcripts.fetch.line import Network
from transcripts.fetch.public_address import is_any_host

CONTENT = b"RIFF" * 5000
NAME = "recordings.example"


class Names:
    """A resolver that answers with one list after the other; the last one stays."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, int]] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append((host, port))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def test_it_works(fetch: Fetch, target: Path) -> None:
    names = Names(["127.0.0.1"], ["127.0.0.2"])
    with FileSite({"/a.wav": file(CONTENT)}) as site:
        fetch(site.url("/a.wav", NAME), network=Network(only_here, names))
    assert target.read_bytes() == CONTENT
    assert names.asked == [(NAME, site.port)], "asked once: what was checked is what is connected to"
    assert site.asked[0].headers["host"] == f"{NAME}:{site.port}"


def test_a_name_that_turns_to_a_private_address_later_is_refused(fetch: Fetch) -> None:
    names = Names(["127.0.0.1"], ["127.0.0.2"])
    with FileSite({"/a.wav": redirect("/b.wav"), "/b.wav": file(CONTENT)}) as site:
        with pytest.raises(UrlRefusedError):
            fetch(site.url("/a.wav", NAME), network=Network(only_here, names))
        assert [request.path for request in site.asked] == ["/a.wav"]


def test_a_private_address_among_public_ones_is_never_tried(fetch: Fetch, target: Path) -> None:
    names = Names(["127.0.0.2", "::1", "127.0.0.1"])
    with FileSite({"/a.wav": file(CONTENT)}) as site:
        fetch(site.url("/a.wav", NAME), network=Network(only_here, names))
    assert target.read_bytes() == CONTENT


def test_the_next_address_is_tried_where_one_does_not_answer(fetch: Fetch, target: Path) -> None:
    names = Names(["127.0.0.9", "127.0.0.1"])
    with FileSite({"/a.wav": file(CONTENT)}) as site:
        fetch(site.url("/a.wav", NAME), network=Network(is_any_host, names))
    assert target.read_bytes() == CONTENT


def test_nobody_listens(fetch: Fetch) -> None:
    with FileSite({}, is_asked=False) as site:
        url = site.url("/a.wav", NAME)
    with pytest.raises(UrlUnreachableError) as failed:
        fetch(url, network=Network(only_here, Names(["127.0.0.1"])))
    assert failed.value.retryable
    assert failed.value.__cause__ is None and failed.value.__context__ is None


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for `NAME` that signs itself, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path_factory.mktemp("tls") / "site.pem"
    path.write_bytes(secret + made.public_bytes(pem))
    return path


def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_tls_is_checked_against_the_name_and_not_the_number(
    fetch: Fetch, target: Path, certificate: Path
) -> None:
    trusted = ssl.create_default_context(cafile=str(certificate))
    with FileSite({"/a.wav": file(CONTENT)}, tls=server_side(certificate)) as site:
        fetch(site.url("/a.wav", NAME), network=Network(only_here, Names(["127.0.0.1"]), trusted))
        assert target.read_bytes() == CONTENT
        with pytest.raises(UrlCertificateError):
            fetch(
                site.url("/a.wav", "other.example"), network=Network(only_here, Names(["127.0.0.1"]), trusted)
            )


def test_an_unknown_certificate_is_told(fetch: Fetch, certificate: Path) -> None:
    site = FileSite({"/a.wav": file(CONTENT)}, tls=server_side(certificate), is_asked=False)
    with site, pytest.raises(UrlCertificateError) as failed:
        fetch(site.url("/a.wav", NAME), network=Network(only_here, Names(["127.0.0.1"])))
    assert not failed.value.retryable
