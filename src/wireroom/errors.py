"""Which failures can a caller not handle where they happen?

WireroomError
├── UsageError          the command or the configuration is wrong          exit code 2
│   └── BeatError       a file of the beat folder is wrong; names file and line or key
├── ArchiveError        the archive could not be used                       exit code 3
│   ├── ArchiveLocked   another process holds it longer than we wait
│   └── ArchiveNewer    a newer Wireroom wrote it; ours must not touch it
├── DeliveryError       an outlet could not be written (full disk, no permission)
├── PostError           a post file is malformed; names line and reason
└── SealError           a sealed payload could not be opened; one message for every cause

What we expect from the world (not modified, gone, throttled, refused, unreadable) is a value: see records.outcomes.
"""


class WireroomError(Exception):
    """Base of every error that Wireroom raises on purpose; its text is meant for the user."""


class UsageError(WireroomError):
    """The command or the configuration is wrong; the text says what to change."""


class BeatError(UsageError):
    """A file of the beat folder cannot be used."""


class ArchiveError(WireroomError):
    """The archive could not be used."""


class ArchiveLocked(ArchiveError):  # noqa: N818 - named for the state, as SQLite itself does
    """Another process holds the archive."""


class ArchiveNewer(ArchiveError):  # noqa: N818 - named for the state
    """The archive was written by a newer Wireroom."""


class DeliveryError(WireroomError):
    """An outlet could not be written."""


class PostError(WireroomError):
    """A post file is malformed."""


class SealError(WireroomError):
    """A sealed payload could not be opened."""
