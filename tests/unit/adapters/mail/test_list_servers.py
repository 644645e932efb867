import re
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree
from msgspec import structs
from tests.list_server import server

from wireroom.adapters.mail import Keila, Listmonk, keila, listmonk
from wireroom.errors import DeliveryError, UsageError
from wireroom.records.mail import Accepted, Handover, Mail, Rejected, Uncertain

MAIL = Mail(
    message_id="<one@watch.example>",
    sender="AI Watch <letters@watch.example>",
    recipient="listmonk",
    subject="Board votes {{ .Now }}",
    at=datetime(2026, 11, 20, tzinfo=UTC),
    html="",
    text="",
)
PAGE = """<!DOCTYPE html><html><head><title>x</title><style>.a { color: red }</style></head><body>
<p>one &amp; {{ now }} {% raw %}<br><b></b></p><a href="LEAVE">leave</a></body></html>"""


def mail(leave: str) -> Mail:
    return structs.replace(MAIL, html=PAGE.replace("LEAVE", leave), text=f"one {{{{ .Now }}}}, leave: {leave}")


def by_listmonk(*answers: tuple[int, Any]) -> tuple[Handover, list[tuple[str, str, Any]]]:
    with server(*answers) as (place, asked):
        return Listmonk(f"http://desk:token@{place}/", (3, 4)).hand_over(mail(listmonk.LEAVE)), asked


def by_keila(*answers: tuple[int, Any], segment: str | None = "sgm_1") -> tuple[Handover, list[tuple[str, str, Any]]]:
    with server(*answers) as (place, asked):
        return Keila(f"http://k%2Fey@{place}/", "nms_1", segment).hand_over(mail(keila.LEAVE)), asked


def test_listmonk_makes_a_campaign_and_starts_it() -> None:
    outcome, asked = by_listmonk((200, {"data": {"id": 7}}), (200, {"data": True}))
    assert outcome == Accepted()
    (called, key, campaign), (then, _, started) = asked
    assert (called, key) == ("POST /api/campaigns", "Basic ZGVzazp0b2tlbg==")
    assert campaign["lists"] == [3, 4]
    assert (then, started) == ("PUT /api/campaigns/7/status", {"status": "running"})


def test_keila_makes_a_campaign_and_starts_it() -> None:
    outcome, asked = by_keila((201, {"data": {"id": "nmc_7"}}), (202, {"data": {"delivery_queued": True}}))
    assert outcome == Accepted()
    (called, key, campaign), (then, _, started) = asked
    assert (called, key) == ("POST /api/v1/campaigns", "Bearer k/ey")
    assert campaign["data"]["settings"] == {"type": "mjml"}
    assert (campaign["data"]["sender_id"], campaign["data"]["segment_id"]) == ("nms_1", "sgm_1")
    assert (then, started) == ("POST /api/v1/campaigns/nmc_7/actions/send", {})


def test_without_a_segment_a_letter_goes_to_all_contacts() -> None:
    _, asked = by_keila((201, {"data": {"id": "nmc_7"}}), (202, {}), segment=None)
    assert "segment_id" not in asked[0][2]["data"]


def test_only_the_link_by_which_a_reader_leaves_is_a_placeholder() -> None:
    campaign = by_listmonk((200, {"data": {"id": 7}}), (200, {}))[1][0][2]
    assert re.findall(r"{{.*?}}", campaign["body"]) == [listmonk.LEAVE]
    assert "&#123;&#123; now }}" in campaign["body"]
    assert campaign["altbody"] == 'one {{ "{{" }} .Now }}, leave: {{ UnsubscribeURL }}'
    assert campaign["subject"] == 'Board votes {{ "{{" }} .Now }}'
    sent = by_keila((201, {"data": {"id": "nmc_7"}}), (202, {}))[1][0][2]["data"]
    assert re.findall(r"{[{%].*?[}%]}", sent["mjml_body"]) == [keila.LEAVE]
    assert sent["subject"] == "Board votes { { .Now }}"


def test_mjml_holds_the_letter_well_formed() -> None:
    document = etree.fromstring(keila.mjml(mail(keila.LEAVE).html))
    assert document.findtext("mj-head/mj-style") == ".a { color: red }"
    body = document.find("mj-body/mj-raw")
    assert body is not None
    assert [one.tag for one in body] == ["p", "a"]
    assert body[0].text == "one & {{ now }} {% raw %}"
    assert "<br/><b></b>" in keila.mjml(PAGE)


@pytest.mark.parametrize("handed", [by_listmonk, by_keila])
@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ([(403, {"message": "no"})], Rejected),
        ([(422, {"errors": [{"title": "no sender"}]})], Rejected),
        ([(200, None)], Uncertain),
        ([(200, {"data": []})], Uncertain),
        ([(200, {"data": {"id": 7}}), (400, {"message": "no lists"})], Uncertain),
        ([(200, {"data": {"id": 7}}), (200, None)], Uncertain),
    ],
)
def test_what_fails_is_told_apart(handed: Any, answers: list[tuple[int, Any]], kind: type[Handover]) -> None:
    assert isinstance(handed(*answers)[0], kind)


def test_a_server_that_asks_for_patience_may_be_asked_again() -> None:
    outcome = by_keila((429, {}))[0]
    assert isinstance(outcome, Rejected)
    assert not outcome.lasting


def test_a_server_that_is_not_there_is_named() -> None:
    with server() as (place, _):
        pass
    with pytest.raises(DeliveryError, match="listmonk at"):
        Listmonk(f"http://desk:token@{place}/", (1,)).hand_over(MAIL)


def test_an_address_needs_its_key() -> None:
    with pytest.raises(UsageError, match="https://user:token@host/"):
        Listmonk("https://lists.example/", (1,))
    with pytest.raises(UsageError, match="https://key@host/"):
        Keila("https://lists.example/", "nms_1")
