"""How does a mail look on the wire? MIME with a plain part always; the same mail gives the same bytes."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from wireroom.records.ids import digest
from wireroom.records.mail import Mail


def composed(mail: Mail) -> EmailMessage:
    """Compose a message; a header is one line, whatever a headline brings along."""
    message = EmailMessage(policy=SMTP)
    headers = {
        "From": mail.sender,
        "To": mail.recipient,
        "Reply-To": mail.reply_to,
        "Subject": mail.subject,
        "Date": format_datetime(mail.at),
        "Message-ID": mail.message_id,
        "Auto-Submitted": "auto-generated",
        **_leaving(mail.unsubscribe),
    }
    for name, value in headers.items():
        if value:
            message[name] = _line(value)
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    # A drawn boundary would make every copy of the same mail another one.
    message.set_boundary(f"=_{digest('boundary', mail.message_id)}")
    return message


def _leaving(unsubscribe: str) -> dict[str, str]:
    """Return the headers behind a client's button: RFC 2369, and for web addresses the one click of RFC 8058."""
    if not unsubscribe:
        return {}
    one_click = {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if unsubscribe.startswith("https:") else {}
    return {"List-Unsubscribe": f"<{unsubscribe}>", **one_click}


def _line(value: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in value).split())
