"""How do letters leave the house? By SMTP, one mail per recipient, or by a campaign of listmonk or Keila."""

from wireroom.adapters.mail.keila import Keila
from wireroom.adapters.mail.listmonk import Listmonk
from wireroom.adapters.mail.smtp import SmtpPostman

__all__ = ["Keila", "Listmonk", "SmtpPostman"]
