"""No address of this machine or its network is reached, however it is written."""

import socket
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web

from wireroom.adapters.web import Gateway, GatewaySettings
from wireroom.adapters.web.addresses import address_of
from wireroom.adapters.web.guard import ForbiddenAddress, Guard, is_public, refusal_of
from wireroom.records.outcomes import Fetched, Outcome, Refused, Request

Serve = Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], str]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.0.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:c0a8:101::1",
        "2001:0:4136:e378::1",
        "2001:db8::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12:3456::1",
        "fec0::1",
        "ff02::1",
        "3fff::1",
    ],
)
def test_these_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"])
def test_these_are_public(address: str) -> None:
    assert is_public(address)


def test_the_allow_list_names_an_address_and_a_port() -> None:
    guard = Guard(frozenset({"127.0.0.1:9000", "[::1]:9000"}))
    assert guard.allows("127.0.0.1", 9000)
    assert guard.allows("::1", 9000)
    assert not guard.allows("127.0.0.1", 80)
    assert not guard.allows("127.0.0.2", 9000)
    assert not guard.allows("8.8.8.8", 9000)
    assert guard.refusal(address_of("http://daily.example:9000/")) is None


def test_a_socket_for_a_private_address_is_never_made() -> None:
    with pytest.raises(ForbiddenAddress) as caught:
        Guard(frozenset()).open_socket(socket.AF_INET, socket.SOCK_STREAM, 6, ("10.0.0.1", 80))
    assert refusal_of([caught.value.address]) == "not a public address: 10.0.0.1"


async def greet(_: web.Request) -> web.Response:
    return web.Response(text="inner secret")


def fetch(url: str, settings: GatewaySettings) -> Outcome:
    with Gateway(settings) as gateway:
        return next(outcome for _, outcome in gateway.fetch_all([Request(url=url, follow_robots=False)]))


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "017700000001", "[::ffff:127.0.0.1]", "127.0.0.1."],
)
def test_a_listening_server_of_this_machine_is_not_reached(serve: Serve, host: str) -> None:
    port = serve(greet).rpartition(":")[2]
    # Another address with this port is exempt, so only the address rule stands in the way.
    outcome = fetch(f"http://{host}:{port}/", GatewaySettings(allow=frozenset({f"127.0.0.2:{port}"})))
    assert isinstance(outcome, Refused)
    assert outcome.by == "guard"
    assert outcome.reason.startswith("not a public address: ")


def test_a_name_that_changes_its_mind_gains_nothing(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: public for the one who checks, loopback for the one who connects."""
    port = int(serve(greet).rpartition(":")[2])
    answers = iter(["8.8.8.8", "127.0.0.1", "127.0.0.1"])

    def getaddrinfo(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert socket.getaddrinfo("twofaced.example", port)[0][4][0] == "8.8.8.8"
    outcome = fetch(f"http://twofaced.example:{port}/", GatewaySettings(allow=frozenset({f"127.0.0.2:{port}"})))
    assert outcome == Refused(
        url=f"http://twofaced.example:{port}/", reason="not a public address: 127.0.0.1", by="guard"
    )


def test_proxies_of_the_environment_are_not_trusted(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    origin = serve(greet)
    outcome = fetch(f"{origin}/", GatewaySettings(allow=frozenset({origin.removeprefix("http://")})))
    assert isinstance(outcome, Fetched)
