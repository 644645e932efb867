"""How does a bucket carry an edition? Any store that speaks S3; obstore signs, retries, and keeps the keys to itself.

A bucket knows no switch from one edition to the next. So pages are put before those that link to them, and what left is
removed last: a reader may meet an old front page with old links, and never a new one with dead links.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from wireroom.adapters.outlets.sent import Gap
from wireroom.errors import DeliveryError, UsageError

if TYPE_CHECKING:
    from obstore.store import S3Config, S3Store

AT_ONCE = 8
KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
"""What every program that speaks S3 looks for in the environment."""
LONGEST_ANSWER = 300
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".opml": "text/x-opml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
}
"""What machines' own tables leave out, or say differently from one to the next."""


class BucketCarrier(Struct, frozen=True, kw_only=True):
    """Carries to a bucket, below a prefix that ends in a slash."""

    bucket: str
    prefix: str = ""
    endpoint: str | None = None
    region: str | None = None

    @property
    def target(self) -> str:
        """Name the bucket."""
        place = f"s3://{self.bucket}/{self.prefix}"
        return f"{place} at {self.endpoint}" if self.endpoint else place

    def carry(self, folder: Path, gap: Gap) -> None:
        """Put files, deep ones first, then remove."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - loads slowly, and few outlets are buckets

        store = self._store()
        put = partial(_put, store, folder)
        with _complaining(self.target), ThreadPoolExecutor(AT_ONCE) as pool:
            for _, level in groupby(gap.send, key=lambda path: path.count("/")):
                list(pool.map(put, level))
            if gap.remove:
                store.delete(list(gap.remove))

    def _store(self) -> "S3Store":
        try:
            from obstore.store import S3Store  # noqa: PLC0415 - an extra that only this outlet needs
        except ImportError:
            raise UsageError("an outlet of kind s3 needs an extra: pip install 'wireroom[s3]'") from None
        # Without keys the library would ask addresses of cloud machines for some.
        if missing := [name for name in KEYS if not os.environ.get(name)]:
            raise UsageError(f"{self.target} needs {' and '.join(missing)} in the environment")
        config: S3Config = {"bucket": self.bucket}
        if self.endpoint:
            config["endpoint"] = self.endpoint
        if self.region:
            config["region"] = self.region
        plain = (self.endpoint or "").startswith("http://")
        return S3Store(prefix=self.prefix.rstrip("/") or None, config=config, client_options={"allow_http": plain})


def type_of(path: str) -> str:
    """Return the type that a browser is told."""
    from mimetypes import guess_type  # noqa: PLC0415 - see above

    ending = PurePosixPath(path).suffix.lower()
    return _TYPES.get(ending) or guess_type(path, strict=False)[0] or "application/octet-stream"


def _put(store: "S3Store", folder: Path, path: str) -> None:
    store.put(path, (folder / path).read_bytes(), attributes={"Content-Type": type_of(path)})


@contextmanager
def _complaining(target: str) -> Iterator[None]:
    """Turn what the store or the network says into words."""
    from obstore.exceptions import BaseError  # noqa: PLC0415 - see above

    try:
        yield
    except (BaseError, OSError) as error:
        said = " ".join(str(error).split())[:LONGEST_ANSWER]
        raise DeliveryError(f"{target}: {said}; the edition is kept here, and the next run tries again") from error
