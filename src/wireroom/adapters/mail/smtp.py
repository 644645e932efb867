"""How is a mail handed to an SMTP server, and does it certainly not arrive when that fails?

Only before the server has seen the end of the message is a failure certain. Whatever breaks later may have been taken.
"""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from wireroom.adapters.mail.message import composed
from wireroom.errors import DeliveryError, UsageError
from wireroom.records.mail import Accepted, Handover, Mail, Rejected, Uncertain

SUBMISSION, SMTPS = 587, 465
TIMEOUT_S = 30.0
_LASTING = 500
"""Answers from here on are meant for good (RFC 5321 §4.2.1)."""


class SmtpPostman:
    """A connection to one server, opened when the first mail leaves and again after it broke."""

    def __init__(self, address: str, *, timeout_s: float = TIMEOUT_S) -> None:
        """Name the server as `smtp://user:password@host:port` or `smtps://…`; nothing is opened yet."""
        parts = urlsplit(address)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise UsageError("the mail server is written smtp://user:password@host:port, or smtps://…")
        self._host, self._secure = parts.hostname, parts.scheme == "smtps"
        self._port = parts.port or (SMTPS if self._secure else SUBMISSION)
        self._login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        self._timeout_s = timeout_s
        self._server: smtplib.SMTP | None = None

    def hand_over(self, mail: Mail) -> Handover:
        """Send one mail."""
        message, server = composed(mail), self._connected()
        recipient = parseaddr(mail.recipient)[1]
        try:
            rejected = self._offered(server, message, recipient)
            return rejected or self._sent(server, message)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._drop()
            return Rejected(because=f"the connection broke before the message: {error}", lasting=False)

    def close(self) -> None:
        """Say goodbye."""
        if self._server is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._server.quit()
        self._drop()

    def _offered(self, server: smtplib.SMTP, message: EmailMessage, recipient: str) -> Rejected | None:
        """Name sender and recipient; until here nothing was handed over."""
        for code, said in (server.mail(parseaddr(message["From"])[1]), server.rcpt(recipient)):
            if code not in {250, 251}:
                server.rset()
                return _rejected(code, said)
        return None

    def _sent(self, server: smtplib.SMTP, message: EmailMessage) -> Handover:
        try:
            code, said = server.data(message.as_bytes())
        except smtplib.SMTPDataError as error:  # the server wants no message at all
            return _rejected(error.smtp_code, error.smtp_error)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._drop()
            return Uncertain(because=f"the connection broke inside the message: {error}")
        return Accepted() if code == 250 else _rejected(code, said)

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            try:
                self._server = self._opened()
            except (smtplib.SMTPException, OSError) as error:
                raise DeliveryError(f"the mail server {self._host}:{self._port} cannot be used: {error}") from error
        return self._server

    def _opened(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self._secure:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=self._timeout_s, context=context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=self._timeout_s)
        server.ehlo()
        if not self._secure and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        if self._login:
            if not self._secure and not isinstance(server.sock, ssl.SSLSocket):
                server.close()
                raise smtplib.SMTPException("it offers no encryption, and a password is not sent in the open")
            server.login(*self._login)
        return server

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None


def _rejected(code: int, said: bytes | str) -> Rejected:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return Rejected(because=f"{code} {' '.join(words.split())}"[:300], lasting=code >= _LASTING)
