"""How is a letter handed to Keila? As one campaign to a segment of its contacts, or to all of them.

Its API: https://www.keila.io/api. It takes no HTML as it is, but MJML, whose `mj-raw` holds ours, well-formed.
"""

from urllib.parse import unquote

from lxml import etree, html
from lxml.html.defs import empty_tags

from wireroom.adapters.mail.campaigns import TIMEOUT_S, ListServer, address_of, in_markup, inert
from wireroom.records.mail import Accepted, Handover, Mail

LEAVE = "{{ unsubscribe_link }}"
"""What Keila puts each reader's own address for."""


class Keila:
    """One Keila server, the sender that it knows, and whom of its contacts a letter goes to."""

    def __init__(self, address: str, sender: str, segment: str | None = None, *, timeout_s: float = TIMEOUT_S) -> None:
        """Name the server as `https://key@host/`; without a segment a letter goes to every contact."""
        parts = address_of(address, "Keila is written https://key@host/")
        key = f"Bearer {unquote(parts.username or '')}"
        self._server = ListServer("Keila", parts, key, timeout_s=timeout_s)
        self._whom = {"sender_id": sender, **({"segment_id": segment} if segment else {})}

    def hand_over(self, mail: Mail) -> Handover:
        """Make a campaign and start it."""
        campaign = {
            "subject": in_subject(mail.subject),
            "settings": {"type": "mjml"},
            "mjml_body": mjml(mail.html),
            **self._whom,
        }
        made = self._server.make("/api/v1/campaigns", {"data": campaign})
        if not isinstance(made, str):
            return made
        return self._server.start("POST", f"/api/v1/campaigns/{made}/actions/send", made, {}) or Accepted()

    def close(self) -> None:
        """Nothing stays open."""


def mjml(letter: str) -> str:
    """Put the body of a letter into MJML, with its styles; braces of headlines open no placeholder there."""
    document = html.document_fromstring(letter)
    styles = "".join(f"<mj-style>{one.text}</mj-style>" for one in document.iterfind("head/style"))
    body = document.find("body")
    inside = "".join(_well_formed(one) for one in body) if body is not None else ""
    head = f"<mj-head>{styles}</mj-head>" if styles else ""
    return f"<mjml>{head}<mj-body><mj-raw>{inert(inside, LEAVE, in_markup)}</mj-raw></mj-body></mjml>"


def in_subject(subject: str) -> str:
    """Part the braces that would open a placeholder; a subject is no markup, so they cannot be written otherwise."""
    return subject.replace("{{", "{ {").replace("{%", "{ %")


def _well_formed(element: html.HtmlElement) -> str:
    for one in element.iter(etree.Element):
        if not len(one) and one.text is None and one.tag not in empty_tags:
            one.text = ""
    return etree.tostring(element, encoding="unicode", method="xml")
