from datetime import UTC, datetime

import pytest
from msgspec import structs
from tests.smtp import MailServer

from wireroom.adapters.mail import SmtpPostman
from wireroom.adapters.mail.message import composed
from wireroom.errors import DeliveryError, UsageError
from wireroom.records.mail import Accepted, Mail, Rejected, Uncertain

MAIL = Mail(
    message_id="<one@watch.example>",
    sender="AI Watch <letters@watch.example>",
    recipient="ada@reader.example",
    subject="Käse\r\nBcc: everybody@reader.example",
    at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    html="<p>Žlutý <b>kůň</b></p>",
    text="Žlutý kůň\n.\n..two dots\n",
    unsubscribe="https://watch.example/leave/1",
)


def test_a_mail_arrives_whole_with_both_parts() -> None:
    with MailServer() as server:
        postman = SmtpPostman(server.address)
        assert postman.hand_over(MAIL) == Accepted()
        assert postman.hand_over(structs.replace(MAIL, recipient="ben@reader.example")) == Accepted()
        postman.close()
        mail = server.mail("ada@reader.example")
    assert mail["Subject"] == "Käse Bcc: everybody@reader.example"
    assert mail["Bcc"] is None
    assert mail["List-Unsubscribe"] == "<https://watch.example/leave/1>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Message-ID"] == "<one@watch.example>"
    plain, html = mail.iter_parts()
    assert plain.get_content_type() == "text/plain"
    assert plain.get_content().replace("\r\n", "\n") == MAIL.text
    assert html.get_content().strip() == MAIL.html


def test_the_same_mail_has_the_same_bytes() -> None:
    assert composed(MAIL).as_bytes() == composed(MAIL).as_bytes()


def test_a_mailto_has_no_one_click() -> None:
    mail = composed(structs.replace(MAIL, unsubscribe="mailto:leave@watch.example"))
    assert mail["List-Unsubscribe"] == "<mailto:leave@watch.example>"
    assert mail["List-Unsubscribe-Post"] is None


def test_what_the_server_refuses_is_certain_and_the_next_mail_goes_on() -> None:
    refuse = {"gone@reader.example": "550 no such reader", "busy@reader.example": "450 come later"}
    with MailServer(refuse=refuse) as server:
        postman = SmtpPostman(server.address)
        gone = postman.hand_over(structs.replace(MAIL, recipient="gone@reader.example"))
        busy = postman.hand_over(structs.replace(MAIL, recipient="busy@reader.example"))
        assert gone == Rejected(because="550 no such reader", lasting=True)
        assert busy == Rejected(because="450 come later", lasting=False)
        assert postman.hand_over(MAIL) == Accepted()
        postman.close()
        assert server.recipients == ["ada@reader.example"]


def test_a_connection_that_breaks_inside_a_message_leaves_it_uncertain() -> None:
    with MailServer(break_inside=("ada@reader.example",)) as server:
        postman = SmtpPostman(server.address)
        assert isinstance(postman.hand_over(MAIL), Uncertain)
        assert postman.hand_over(structs.replace(MAIL, recipient="ben@reader.example")) == Accepted()
        postman.close()
        assert server.recipients == ["ada@reader.example", "ben@reader.example"]


def test_a_server_that_is_not_there_is_named() -> None:
    with MailServer() as server:
        address = server.address
    with pytest.raises(DeliveryError, match=r"the mail server 127\.0\.0\.1:\d+ cannot be used"):
        SmtpPostman(address, timeout_s=2).hand_over(MAIL)


def test_a_password_does_not_leave_in_the_open() -> None:
    with MailServer() as server, pytest.raises(DeliveryError, match="a password is not sent in the open"):
        SmtpPostman(server.address.replace("smtp://", "smtp://ada:secret@")).hand_over(MAIL)


@pytest.mark.parametrize("address", ["mail.example", "https://mail.example", "smtp://"])
def test_other_addresses_are_no_mail_servers(address: str) -> None:
    with pytest.raises(UsageError, match="smtp://user:password@host:port"):
        SmtpPostman(address)
