"""How is a form posted to a hub? One request, guarded like every other, with no redirect followed."""

import asyncio
from collections.abc import Mapping

import aiohttp
from yarl import URL

from wireroom.adapters.web.failures import failure_of
from wireroom.adapters.web.guard import Guard
from wireroom.adapters.web.settings import GatewaySettings


class HubClient:
    """The Hubs port over aiohttp."""

    def __init__(self, settings: GatewaySettings) -> None:
        self._settings = settings
        self._guard = Guard(settings.allow)

    def ask(self, hub: str, form: Mapping[str, str]) -> str | None:
        """Post a form; return None when the hub takes it, else in words why not."""
        try:
            address = URL(hub)
            if address.scheme not in {"http", "https"} or not address.raw_host:
                return "its address is no http(s) address"
            return self._guard.refusal(address) or asyncio.run(self._post(address, form))
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return failure_of(error, 0, self._settings).reason

    async def _post(self, hub: URL, form: Mapping[str, str]) -> str | None:
        connector = aiohttp.TCPConnector(socket_factory=self._guard.open_socket)
        timeout = aiohttp.ClientTimeout(total=self._settings.timeout_s)
        headers = {"User-Agent": self._settings.signature}
        async with (
            aiohttp.ClientSession(connector=connector, timeout=timeout, headers=headers, trust_env=False) as session,
            session.post(hub, data=dict(form), allow_redirects=False) as response,
        ):
            return None if 200 <= response.status < 300 else f"it answered {response.status}"
