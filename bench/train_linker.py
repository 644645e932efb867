"""With which weights does the linker find the most happenings without mixing them? Learns link/weights.json.

    WIREROOM_SHARED=… python bench/train_linker.py [--write] [--only titles|texts] [--drop FEATURE] [--by-time|--alone]

Development halves only. Every figure printed is cross-validated over stories: the weights that judge a story were
learned without it (`--by-time`: without any story that broke about the same time; `--alone`: without its whole set).
Needs the extra `ml`.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from linker_learning import FREE, Bounds, Learned, Matrix, fit, fit_steps
from linker_sets import ROOT, SETS, SHARED
from wireroom.intake.link.assign import AGAIN_FROM, evidence
from wireroom.intake.link.batch import ReportRow, article_of
from wireroom.intake.link.evidence import Evidence
from wireroom.intake.link.merging import merge, unite
from wireroom.intake.link.profile import Profile, profile
from wireroom.intake.link.shelf import Shelf
from wireroom.records.ids import StoryId

__all__ = ["SHARED", "cross_validate", "trials_of"]

WEIGHTS = ROOT / "src/wireroom/intake/link/weights.json"
FOLDS = 5
MERGE = {"titles": 0.15, "texts": 0.4}
"""Likeness of two centres from which a report that fits both stories makes them one; tried from .1 to .4 for headlines
(.4 loses .04 of F1, all below .2 are alike) and from .3 to .6 for texts (alike on all sets)."""
UNDERWAY = {"titles": 0.4}
"""Weights are learned on stories as the truth has them. For headlines they are then learned anew on stories as those
weights make them, joining from this probability on: what a linker meets are halves of stories and mixtures."""
TITLES = "best second centre core core2 owned owned_most rare rarest names names_share numbers behind size"
TEXTS = "numbers body cover ahead proper marks figures plain fuller"
USED: dict[str, dict[str, Bounds]] = {
    "titles": dict.fromkeys(TITLES.split(), FREE) | {"soon": (0.0, 3.0), "housed": (-3.0, 0.0)},
    "texts": dict.fromkeys((*TEXTS.split(), "soon", "housed", "age"), FREE),
}
"""What is learned from, and within which bounds a straight weight stays; points have none. Our sets of texts have few
reports a story, so what grows with a story must not be learned from them; other features are left out because they did
not help (docs/stories.md). `soon` is bounded because invented reports follow each other faster than real ones, `housed`
because only one of the sets learned from knows publishers."""
GENERAL = dict.fromkeys(("whole", "events", "a", "b", "c"), 0.6)
COUNTS_FOR = {"uci": 1.0, "newsstand titles": 0.2} | {
    "newsstand": 1.5,
    "copies": 1.0,
    "happenings": 1.6,
    "shares": 0.7,
    "apart": 0.1,
    **GENERAL,
}
"""How much each set counts, whatever its size. A fifth of fine grain beside UCI's coarse one: headlines of the
newsstand alone go from .53 to .81, those of UCI from .818 to .811. A set that is not named is only measured."""
ONLY_AGAINST = {"apart"}
"""Sets without two reports of one story: of these the strictest threshold is always the best, so they choose none."""
WINDOW_H = 120.0
AGAIN = float(np.log(AGAIN_FROM / (1 - AGAIN_FROM)))
JOINS = {"titles": (0.3, 0.4, 0.5), "texts": (0.75, 0.8, 0.85)}
"""Thresholds tried. At .7 the newsstand read from its pages joins a press release to its firm's trouble."""
TIE = 0.002
"""Of thresholds that score alike over all sets, the loosest: of happenings never seen more are split than mixed."""

Labelled = tuple[Profile, str]
Example = tuple[tuple[float, ...], bool, str]
"""Evidence, whether the article belongs to the story it was held against, and its true story."""


class Score(NamedTuple):
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def read(rows: Iterable[tuple[ReportRow, str]]) -> list[Labelled]:
    return [(profile(article_of(row)), story) for row, story in rows]


def examples(rows: Sequence[Labelled], *, textual: bool) -> Iterator[Example]:
    """Yield the evidence for and against every near story when all articles before lie in the right one."""
    shelf = Shelf(WINDOW_H)
    for article, story in rows:
        for one in evidence(shelf, article):
            if one.textual is not textual or one.foreign:
                continue
            yield one.values, shelf.home[one.nearest].id == story, story
        shelf.add(article, StoryId(story))


def stream(
    rows: Sequence[Labelled], learned: Learned, join: float, likeness: float, met: list[Example] | None = None
) -> dict[str, str]:
    """Assign article by article as the linker does; `met` takes the evidence met on the way.

    A story under way counts as the right one when most of its reports are the article's.
    """
    shelf = Shelf(WINDOW_H)
    edge = np.log(join / (1 - join))
    true = [story for _, story in rows]
    for article, story in rows:
        seen, logits = _judged(shelf, article, learned)
        if met is not None:
            met += [(one.values, _is_right(shelf.home[one.nearest].members, story, true), story) for one in seen]
        best = int(np.argmax(logits)) if logits else -1
        told = [(logit, -one.nearest) for one, logit in zip(seen, logits, strict=True) if one.textual]
        likely = sorted(pair for pair in told if pair[0] >= AGAIN)
        alone = [-number for _, number in reversed(likely) if len(shelf.home[-number].members) == 1][:1]
        merge(shelf, [one for one, logit in zip(seen, logits, strict=True) if logit >= edge], likeness)
        home = shelf.home[seen[best].nearest].id if seen and logits[best] >= edge else StoryId(article.article)
        shelf.add(article, home)
        for number in alone:
            _look_again(shelf, number, learned, edge)
    return {p.article: str(h.id) for p, h in zip(shelf.profiles, shelf.home, strict=True)}


def _judged(
    shelf: Shelf, article: Profile, learned: Learned, itself: int | None = None
) -> tuple[list[Evidence], list[float]]:
    seen = evidence(shelf, article, itself=itself)
    return seen, [-9.0 if one.foreign else learned.log_odds(one.values) for one in seen]


def _look_again(shelf: Shelf, number: int, learned: Learned, edge: float) -> None:
    """Join a report that stands alone to the story it turns out to tell, as the linker does."""
    home = shelf.home[number]
    if len(home.members) > 1:
        return
    seen, logits = _judged(shelf, shelf.profiles[number], learned, number)
    if seen and max(logits) >= edge:
        unite(shelf, (home, shelf.home[seen[int(np.argmax(logits))].nearest]))


def _is_right(members: Sequence[int], story: str, true: Sequence[str]) -> bool:
    return 2 * sum(true[number] == story for number in members) > len(members)


def bcubed(rows: Sequence[Labelled], found: dict[str, str], judged: Callable[[str], bool]) -> tuple[float, float, int]:
    """Return sums of precision and recall over the articles of the judged stories, and their number."""
    right = Counter(story for _, story in rows)
    made = Counter(found.values())
    both = Counter((story, found[article.article]) for article, story in rows)
    cells = [(story, found[article.article]) for article, story in rows if judged(story)]
    return (
        sum(both[cell] / made[cell[1]] for cell in cells),
        sum(both[cell] / right[cell[0]] for cell in cells),
        len(cells),
    )


class Trial(NamedTuple):
    name: str
    mode: str
    rows: list[Labelled]
    values: Matrix
    labels: Matrix
    stories: list[str]


def trial(name: str, mode: str, rows: list[Labelled]) -> Trial:
    return on(Trial(name, mode, rows, np.array([]), np.array([]), []), list(examples(rows, textual=mode == "texts")))


def on(one: Trial, seen: Sequence[Example]) -> Trial:
    values, labels, stories = zip(*seen, strict=True)
    return one._replace(values=np.array(values), labels=np.array(labels), stories=list(stories))


Folds = list[set[tuple[str, str]]]
"""(Set, story) of each fold."""


def folds(trials: Sequence[Trial], how: str) -> Folds:
    """Deal stories out by chance, by when they broke, or set by set."""
    dealt: Folds = [set() for _ in (trials if how == "alone" else range(FOLDS))]
    for at, one in enumerate(trials):
        stories = list(dict.fromkeys(story for _, story in one.rows))
        for number, story in enumerate(stories):
            chance, block = random.Random(story).randrange(FOLDS), number * FOLDS // len(stories)
            dealt[{"alone": at, "time": block, "chance": chance}[how]].add((one.name, story))
    return dealt


def cross_validate(
    trials: Sequence[Trial], joins: Sequence[float], dropped: Sequence[str] = (), how: str = "chance"
) -> dict[float, dict[str, Score]]:
    """Return B-cubed per threshold and set; every story is judged by weights learned without it."""
    sums: dict[tuple[float, str], Matrix] = {}
    for fold in folds(trials, how):
        learned = learn(trials, dropped, fold)
        for one in trials:
            mine = {story for name, story in fold if name == one.name}
            for join in joins if mine else ():
                found = stream(one.rows, learned, join, MERGE[one.mode])
                part = np.array(bcubed(one.rows, found, mine.__contains__))
                sums[join, one.name] = sums.get((join, one.name), 0.0) + part
    return {
        join: {one.name: Score(*(sums[join, one.name][:2] / sums[join, one.name][2])) for one in trials}
        for join in joins
    }


def learn(trials: Sequence[Trial], dropped: Sequence[str], but: set[tuple[str, str]]) -> Learned:
    """Learn from all stories but those of a fold; for headlines again, on stories as they come about."""
    learned = taught(trials, dropped, but)
    join = UNDERWAY.get(trials[0].mode)
    if join is None:
        return learned
    again = []
    for one in trials:
        met: list[Example] = []
        stream(one.rows, learned, join, MERGE[one.mode], met)
        again.append(on(one, met))
    return taught(again, dropped, but)


def taught(trials: Sequence[Trial], dropped: Sequence[str], but: set[tuple[str, str]]) -> Learned:
    taken = [one for one in trials if one.name in COUNTS_FOR]
    masks = [np.array([(one.name, story) not in but for story in one.stories]) for one in taken]
    parts = [(one, mask) for one, mask in zip(taken, masks, strict=True) if mask.any()]
    counts = np.concatenate([np.full(mask.sum(), COUNTS_FOR[one.name] / mask.sum()) for one, mask in parts])
    values = np.concatenate([one.values[mask] for one, mask in parts])
    labels = np.concatenate([one.labels[mask] for one, mask in parts])
    mode, shares = trials[0].mode, counts * len(counts) / counts.sum()
    used = {name: edges for name, edges in USED[mode].items() if name not in dropped}
    return fit(values, labels, shares, used) if mode == "titles" else fit_steps(values, labels, shares, list(used))


def trials_of(mode: str) -> list[Trial]:
    """Read the sets of a mode."""
    return [trial(name, mode, read(source())) for name, source in SETS[mode].items()]


def report(mode: str, table: dict[float, dict[str, Score]]) -> float:
    means = {
        join: np.mean([s.f1 for name, s in scores.items() if name in COUNTS_FOR.keys() - ONLY_AGAINST])
        for join, scores in table.items()
    }
    best = min(join for join, f1 in means.items() if f1 > max(means.values()) - TIE)
    for join, scores in table.items():
        cells = "  ".join(f"{name} P {s.precision:.3f} R {s.recall:.3f} F1 {s.f1:.3f}" for name, s in scores.items())
        print(f"{mode} join {join:.2f}{'*' if join == best else ' '} {cells}", flush=True)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", choices=list(SETS))
    parser.add_argument("--drop", action="append", default=[])
    parser.add_argument("--ablate", action="store_true")
    parser.add_argument("--by-time", dest="how", action="store_const", const="time", default="chance")
    parser.add_argument("--alone", dest="how", action="store_const", const="alone")
    asked = parser.parse_args()
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    for mode in [asked.only] if asked.only else SETS:
        trials = trials_of(mode)
        join = report(mode, cross_validate(trials, JOINS[mode], asked.drop, asked.how))
        for feature in [name for name in USED[mode] if name not in asked.drop] if asked.ablate else ():
            table = cross_validate(trials, [join], [*asked.drop, feature], asked.how)
            report(f"{mode} without {feature}", table)
        learned = learn(trials, asked.drop, set())
        data[mode] = {"join": join, "merge": MERGE[mode]} | learned.written()
        print(mode, data[mode], flush=True)
    if asked.write:
        WEIGHTS.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
