"""Which rules are tried on the past? Finds them, opens the archive, and asks the runner."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, BinaryIO

from msgspec import Struct, json, structs

from wireroom.app.beat import Beat, load_beat
from wireroom.app.build import clock, opened_archive
from wireroom.edition.changes import OneDay, Span
from wireroom.errors import UsageError
from wireroom.ports.archive import Archive
from wireroom.records.policy import Policy, Preset
from wireroom.runner.replay import Question, Replay, replay, replayed
from wireroom.scoring.presets import read_preset, shipped

LISTS = OneDay.__struct_fields__[1:]
"""Those fields of an answer that grow with the span, in their order."""


class Trial(Struct, frozen=True, kw_only=True):
    """What to try on which span."""

    since: datetime
    until: datetime
    preset: str | None = None
    """The name of a shipped preset, or a file."""
    rules: Path | None = None
    """A beat folder whose topics, standing and preset are tried on this beat's articles."""


def replay_beat(beat: Beat, trial: Trial, *, now: datetime | None = None, keep: int | None = None) -> Replay:
    """Judge a past span of a beat under the trial's rules; the archive is only read.

    Of what differs, `keep` articles of each kind are named, or all.
    """
    with opened_archive(beat) as archive:
        return replay(archive, _question(beat, trial, now), keep)


def write_replay(out: BinaryIO, beat: Beat, trial: Trial, *, now: datetime | None = None) -> None:
    """Write the same answer as one line of JSON, however long it is."""
    with opened_archive(beat) as archive:
        write_answer(out, archive, _question(beat, trial, now))


def write_answer(out: BinaryIO, archive: Archive, question: Question) -> Replay:
    """Write an answer as one line of JSON and return its numbers; its lists wait in files until all is known."""
    with ExitStack() as stack:
        lists = {name: _List(stack.enter_context(TemporaryFile())) for name in LISTS}
        answer = replayed(archive, question, lambda day: _write_down(lists, day))
        head, tail = json.encode(answer).split(b",".join(b'"%s":[]' % name.encode() for name in LISTS))
        out.write(head)
        for number, (name, rows) in enumerate(lists.items()):
            out.write(b'%s"%s":[' % (b"," if number else b"", name.encode()))
            rows.copy_to(out)
            out.write(b"]")
        out.write(tail + b"\n")
    return answer


def _write_down(lists: "Mapping[str, _List]", day: OneDay) -> None:
    for name, rows in lists.items():
        rows.add(getattr(day, name))


class _List:
    """The rows of a JSON list in a file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def add(self, rows: Iterable[object]) -> None:
        """Append rows."""
        for row in rows:
            self._file.write((b"," if self._file.tell() else b"") + json.encode(row))

    def copy_to(self, out: BinaryIO) -> None:
        """Write all rows."""
        self._file.seek(0)
        copyfileobj(self._file, out)


def _question(beat: Beat, trial: Trial, now: datetime | None) -> Question:
    if trial.since >= trial.until:
        raise UsageError(
            f"the span is empty: it begins at {trial.since.isoformat()} and ends at {trial.until.isoformat()}"
        )
    return Question(
        span=Span(since=trial.since, until=trial.until),
        before=beat.policy,
        after=tried(beat, trial),
        known_at=clock(now).now(),
    )


def tried(beat: Beat, trial: Trial) -> Policy:
    """Return the policy that a trial asks for, for this beat's articles."""
    policy = load_beat(trial.rules).policy if trial.rules else beat.policy
    preset = _preset(trial.preset, policy.preset) if trial.preset else policy.preset
    return structs.replace(policy, beat=beat.policy.beat, preset=preset)


def _preset(name: str, own: Preset) -> Preset:
    """Find a preset: the beat's own with its changed terms, another one as shipped, or one from a file."""
    if name.endswith(".toml"):
        try:
            return read_preset(Path(name).read_text("utf-8"), name)
        except OSError as error:
            raise UsageError(f"{name}: cannot be read: {error.strerror or error}") from None
    return own if name == own.name else shipped(name)
