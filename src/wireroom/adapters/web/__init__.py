"""How do we ask the web for documents? A polite gateway over libcurl, and a recorded web for tests and replay."""

from wireroom.adapters.web.gateway import Gateway
from wireroom.adapters.web.recorded import RecordedWeb, Recorder
from wireroom.adapters.web.settings import GatewaySettings

__all__ = ["Gateway", "GatewaySettings", "RecordedWeb", "Recorder"]
