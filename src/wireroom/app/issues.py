"""How does a newsletter issue come about? Made from the archive as it is, then kept there for editions to carry."""

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from wireroom.app.beat import Beat
from wireroom.app.build import clock, opened_archive
from wireroom.app.drafting import drafted
from wireroom.edition.render.classic_issue import Issue, NoIssue, Period, issue, issue_path
from wireroom.records.editions import Edition, File, KeptFile


class MadeIssue(Struct, frozen=True, kw_only=True):
    """What `newsletter make` did."""

    path: str
    made: bool
    because: str
    titles: tuple[str, ...] = ()
    window_days: int = 0


def make_issue(beat: Beat, period: Period, *, now: datetime | None = None, out: Path | None = None) -> MadeIssue:
    """Make the issue of the day and keep it, or write it into a folder and keep nothing.

    An issue that exists stays as it is: readers may have it already.
    """
    at = clock(now).now()
    path = issue_path(beat.masthead, at)
    with opened_archive(beat) as archive:
        edition = drafted(beat, archive, at)
        if out is None and _kept(edition, path):
            return MadeIssue(path=path, made=False, because="it was made before and stays as it is")
        made = issue(edition, period)
        if isinstance(made, NoIssue):
            return MadeIssue(path=path, made=False, because=made.because)
        if out is None:
            kept = KeptFile(beat=beat.policy.beat, path=path, body=made.file.body, known_at=at)
            archive.record_kept([kept])
        else:
            _write(out, made.file)
    return _told(made, period)


def _kept(edition: Edition, path: str) -> bool:
    return any(file.path == path for file in edition.carried)


def _write(folder: Path, file: File) -> None:
    target = folder / file.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(file.body)


def _told(made: Issue, period: Period) -> MadeIssue:
    days = made.window.days
    widened = f"; the usual {period.window.days} had nothing" if made.window > period.window else ""
    return MadeIssue(
        path=made.file.path,
        made=True,
        because=f"published in the last {days} days{widened}" if days > 1 else "published in the last day",
        titles=tuple(post.article.title for post in made.posts),
        window_days=days,
    )
