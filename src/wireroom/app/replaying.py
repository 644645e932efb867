"""Which rules are tried on the past? Finds them, opens the archive, and asks the runner."""

from datetime import datetime
from pathlib import Path

from msgspec import Struct, structs

from wireroom.app.beat import Beat, load_beat
from wireroom.app.build import clock, opened_archive
from wireroom.edition.changes import Span
from wireroom.errors import UsageError
from wireroom.records.policy import Policy, Preset
from wireroom.runner.replay import Question, Replay, replay
from wireroom.scoring.presets import read_preset, shipped


class Trial(Struct, frozen=True, kw_only=True):
    """What to try on which span."""

    since: datetime
    until: datetime
    preset: str | None = None
    """The name of a shipped preset, or a file."""
    rules: Path | None = None
    """A beat folder whose topics, standing and preset are tried on this beat's articles."""


def replay_beat(beat: Beat, trial: Trial, *, now: datetime | None = None) -> Replay:
    """Judge a past span of a beat under the trial's rules; the archive is only read."""
    if trial.since >= trial.until:
        raise UsageError(
            f"the span is empty: it begins at {trial.since.isoformat()} and ends at {trial.until.isoformat()}"
        )
    question = Question(
        span=Span(since=trial.since, until=trial.until),
        before=beat.policy,
        after=tried(beat, trial),
        known_at=clock(now).now(),
    )
    with opened_archive(beat) as archive:
        return replay(archive, question)


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
