"""In which order does the intake line work, and who judges?

The one place that names all stages. A stage's judge is its version: a changed judge makes every article pending again,
which is how re-scoring works.
"""

from msgspec import Struct

from wireroom.intake.appraise import judge_name
from wireroom.intake.dedupe import JUDGE as COPY_JUDGE
from wireroom.intake.extract import EXTRACTOR
from wireroom.intake.link import JUDGE as LINK_JUDGE
from wireroom.records.policy import Policy


class Stage(Struct, frozen=True, kw_only=True):
    """One step of the line: what it does to the data, in words for progress bars and `why`."""

    name: str
    doing: str


LINEUP: tuple[Stage, ...] = (
    Stage(name="poll", doing="asking feeds"),
    Stage(name="fetch", doing="fetching pages"),
    Stage(name="extract", doing="reading pages"),
    Stage(name="illustrate", doing="measuring images"),
    Stage(name="dedupe", doing="finding copies"),
    Stage(name="classify", doing="finding topics"),
    Stage(name="appraise", doing="judging quality"),
    Stage(name="link", doing="linking stories"),
)


class Judges(Struct, frozen=True, kw_only=True):
    """Who judges in which stage, by version."""

    extract: str
    dedupe: str
    classify: str
    appraise: str
    link: str


def judges(policy: Policy) -> Judges:
    """Name the judges that a beat's policy makes current."""
    return Judges(
        extract=EXTRACTOR,
        dedupe=COPY_JUDGE,
        classify=policy.judge_topics,
        appraise=judge_name(policy),
        link=LINK_JUDGE,
    )
