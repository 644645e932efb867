"""How does a bucket carry an edition? Any store that speaks S3; boto3 signs, retries, and keeps the keys to itself.

A bucket knows no switch from one edition to the next. So pages are put before those that link to them, and what left is
removed last: a reader may meet an old front page with old links, and never a new one with dead links.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import groupby
from mimetypes import guess_type
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct

from wireroom.adapters.outlets.sent import Gap
from wireroom.errors import DeliveryError, UsageError

AT_ONCE = 8
MOST_REMOVED = 1000
"""Keys that one request may remove."""
PLAIN = "application/octet-stream"
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
    """Carries to a bucket, below a prefix; keys come from the environment, as boto3 finds them."""

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
        client = _client(self.endpoint, self.region)
        put = partial(self._put, client, folder)
        with _complaining(self.target), ThreadPoolExecutor(AT_ONCE) as pool:
            for _, level in groupby(gap.send, key=lambda path: path.count("/")):
                list(pool.map(put, level))
            for start in range(0, len(gap.remove), MOST_REMOVED):
                self._remove(client, gap.remove[start : start + MOST_REMOVED])

    def _put(self, client: Any, folder: Path, path: str) -> None:  # noqa: ANN401 - boto3 makes its clients' types at run time
        body = (folder / path).read_bytes()
        client.put_object(Bucket=self.bucket, Key=f"{self.prefix}{path}", Body=body, ContentType=type_of(path))

    def _remove(self, client: Any, paths: Sequence[str]) -> None:  # noqa: ANN401 - see above
        keys = [{"Key": f"{self.prefix}{path}"} for path in paths]
        answer = client.delete_objects(Bucket=self.bucket, Delete={"Objects": keys, "Quiet": True})
        if failed := answer.get("Errors"):
            raise DeliveryError(f"{self.target}: {failed[0]['Key']} could not be removed: {failed[0]['Message']}")


def type_of(path: str) -> str:
    """Return the type that a browser is told."""
    ending = PurePosixPath(path).suffix.lower()
    return _TYPES.get(ending) or guess_type(path, strict=False)[0] or PLAIN


def _client(endpoint: str | None, region: str | None) -> Any:  # noqa: ANN401 - see above
    try:
        import boto3  # noqa: PLC0415 - an extra that only this outlet needs
        from botocore.config import Config  # noqa: PLC0415
    except ImportError:
        raise UsageError("an outlet of kind s3 needs an extra: pip install 'wireroom[s3]'") from None
    # Stores other than Amazon's refuse the checksums that newer clients add to every request.
    config = Config(
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        max_pool_connections=AT_ONCE,
        retries={"mode": "standard"},
    )
    return boto3.session.Session().client("s3", endpoint_url=endpoint, region_name=region, config=config)


@contextmanager
def _complaining(target: str) -> Iterator[None]:
    """Turn what the store or the network says into words; the message of a store never holds a key."""
    from boto3.exceptions import Boto3Error  # noqa: PLC0415 - see above
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise DeliveryError(f"{target}: {error}; the next run tries again") from error
