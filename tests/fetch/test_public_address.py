from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address

import pytest

from transcripts.fetch.errors import UrlRefusedError, UrlUnreachableError
from transcripts.fetch.public_address import allowed_addresses, is_any_host, is_public, system_addresses


def test_it_works() -> None:
    found = allowed_addresses("example.org", 443, is_public, lambda *_: ["9.9.9.9", "10.0.0.1", "9.9.9.9"])
    assert found == ["9.9.9.9"]


@pytest.mark.parametrize(
    "text", ["1.1.1.1", "8.8.8.8", "172.32.0.1", "193.0.0.1", "2606:4700::1111", "2a00::1"]
)
def test_the_public_internet_may_be_asked(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "0.1.2.3", "10.1.2.3", "172.16.0.1", "172.31.255.255",
        "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1",
        "198.18.0.1", "198.51.100.1", "203.0.113.1", "192.88.99.1", "168.63.129.16", "224.0.0.1", "239.1.1.1",
        "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1", "::127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1",
        "2002:7f00:1::", "3fff::1", "5f00::1", "fc00::1", "fd12::1", "fe80::1", "fec0::1", "ff02::1",
    ],
)  # fmt: skip
def test_everything_else_may_not(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("127.0.0.1", True), ("10.0.0.1", True), ("::1", True),
        ("224.0.0.1", False), ("0.0.0.0", False), ("ff02::1", False),
    ],
)  # fmt: skip
def test_operators_may_open_their_own_network(text: str, may: bool) -> None:
    assert is_any_host(ip_address(text)) == may


def test_a_host_with_private_addresses_only_is_refused() -> None:
    with pytest.raises(UrlRefusedError):
        allowed_addresses("intranet", 80, is_public, lambda *_: ["10.0.0.1", "fe80::1%eth0"])


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.1", "localhost", "::1"])
def test_other_spellings_of_this_machine_are_refused(host: str) -> None:
    with pytest.raises((UrlRefusedError, UrlUnreachableError)):
        allowed_addresses(host, 80, is_public, system_addresses)


def no_such_name(_host: str, _port: int) -> Sequence[str]:
    raise OSError


def nothing(_host: str, _port: int) -> Sequence[str]:
    return []


@pytest.mark.parametrize("resolver", [no_such_name, nothing])
def test_a_name_that_is_not_found_may_be_found_later(resolver: object) -> None:
    with pytest.raises(UrlUnreachableError) as failed:
        allowed_addresses("example.org", 80, is_public, resolver)  # type: ignore[arg-type]
    assert failed.value.retryable


def test_the_system_knows_numbers_by_itself() -> None:
    assert system_addresses("127.0.0.1", 80) == ["127.0.0.1"]
    with pytest.raises(OSError):
        system_addresses("name.invalid", 80)
