"""How is a letter handed to listmonk? As one campaign to its lists.

Its API: https://listmonk.app/docs/apis/campaigns/. Its own placeholders make the link by which a reader leaves.
"""

import base64
from urllib.parse import unquote

from wireroom.adapters.mail.campaigns import TIMEOUT_S, ListServer, address_of, in_markup, inert
from wireroom.records.mail import Accepted, Handover, Mail

LEAVE = "{{ UnsubscribeURL }}"
"""What listmonk puts each reader's own address for."""


class Listmonk:
    """One listmonk server and the lists that a letter goes to."""

    def __init__(self, address: str, lists: tuple[int, ...], *, timeout_s: float = TIMEOUT_S) -> None:
        """Name the server as `https://user:token@host/`."""
        parts = address_of(address, "listmonk is written https://user:token@host/")
        held = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
        key = f"Basic {base64.b64encode(held.encode()).decode()}"
        self._server, self._lists = ListServer("listmonk", parts, key, timeout_s=timeout_s), lists

    def hand_over(self, mail: Mail) -> Handover:
        """Make a campaign and start it."""
        campaign = {
            "name": mail.message_id.strip("<>"),
            "subject": _in_text(mail.subject),
            "lists": list(self._lists),
            "from_email": mail.sender,
            "type": "regular",
            "content_type": "html",
            "body": inert(mail.html, LEAVE, in_markup),
            "altbody": inert(mail.text, LEAVE, _in_text),
        }
        made = self._server.make("/api/campaigns", campaign)
        if not isinstance(made, str):
            return made
        return self._server.start("PUT", f"/api/campaigns/{made}/status", made, {"status": "running"}) or Accepted()

    def close(self) -> None:
        """Nothing stays open."""


def _in_text(part: str) -> str:
    """Write what opens a placeholder as a quoted text in one, as its templates have it."""
    return part.replace("{{", '{{ "{{" }}')
