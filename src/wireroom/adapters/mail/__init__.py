"""How do letters leave the house? By SMTP, one mail per recipient, or by a campaign of listmonk."""

from wireroom.adapters.mail.listmonk import Listmonk
from wireroom.adapters.mail.smtp import SmtpPostman

__all__ = ["Listmonk", "SmtpPostman"]
