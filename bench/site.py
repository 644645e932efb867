"""What does making a site cost, next to Hugo and Jekyll, from the same posts with the same pages in the same run?

The whole process is timed on both sides, reading the posts included: ours reads one file, Hugo one per post, as each of
them keeps its posts. What the peers do not make is left out: post files, a second API, a table, a search index, drawn
cards. Rounds alternate. Memory is the proportional share (PSS) of all processes of a side,
looked at every 50 ms. Arguments name the parts to run (hugo, large, jekyll). Exit code 1 when a figure is missed.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from msgspec import structs

import peer_sites
import wide_edition
from kept_edition import write
from watched import Run, run
from wireroom.records.editions import Edition
from wireroom.records.ids import EditionId

HERE = Path(__file__).resolve().parent
POSTS, MANY, FEW = 10_000, 100_000, 3_000
ROUNDS = 3
FULL, ONE, MEMORY = 2.0, 10.0, 0.4
"""At least so many times faster than Hugo; at most that share of its memory."""
SAME_S, MANY_MB, GROWTH = 0.1, 500.0, 1.1
"""Nothing changed: seconds after loading. A hundred thousand posts: megabytes; time per post against ten thousand."""


def wireroom(source: Path | int, out: Path) -> Run:
    return run(sys.executable, HERE / "make_site.py", str(source), out)


def changed(edition: Edition) -> Edition:
    """Change the headline of one post in the middle."""
    posts = list(edition.posts)
    place = len(posts) // 2
    article = structs.replace(posts[place].article, title="Corrected: " + posts[place].article.title)
    posts[place] = structs.replace(posts[place], article=article)
    return structs.replace(edition, id=EditionId("changed"), posts=tuple(posts))


def fresh(out: Path) -> Path:
    """Put what stands there aside.

    Removed, it would cost whoever writes next: for minutes ext4 passes over the inodes of removed files.
    """
    if out.exists():
        out.rename(Path(tempfile.mkdtemp(prefix=".", dir=out.parent)) / out.name)
    return out


def hugo_site(edition: Edition, folder: Path) -> tuple[Callable[[], Run], Callable[[], Run]]:
    """Lay out the peer's folder; return its full build and its rebuild after one change."""
    site = folder / "hugo"
    peer_sites.hugo(edition, site)
    post = next((site / "content/articles").iterdir())

    def full() -> Run:
        fresh(site / "public")
        return run("hugo", "--quiet", cwd=site)

    def one() -> Run:
        fields = json.loads(post.read_text())
        post.write_text(json.dumps(fields | {"title": f"Corrected: {fields['title']}"}))
        return run("hugo", "--quiet", cwd=site)

    return full, one


def against_hugo(folder: Path) -> Iterator[tuple[str, bool]]:
    """Compare at ten thousand posts."""
    edition = wide_edition.edition(POSTS)
    file, other = write(edition, folder / "edition"), write(changed(edition), folder / "changed")
    full, one = hugo_site(edition, folder)
    out = folder / "site"
    pairs = []
    for _ in range(ROUNDS):
        first = wireroom(file, fresh(out))
        same, touched = wireroom(file, out), wireroom(other, out)
        pairs.append((first, same, touched, full(), one()))
    firsts, sames, toucheds, fulls, ones = zip(*pairs, strict=True)
    for name, runs in (("ours, full", firsts), ("Hugo, full", fulls), ("ours, one", toucheds), ("Hugo, one", ones)):
        print(f"{name:12} {_shown(runs)}")
    yield ratio("full build", [h.seconds / w.seconds for w, h in zip(firsts, fulls, strict=True)], FULL)
    yield ratio("full build, CPU", [h.cpu / w.cpu for w, h in zip(firsts, fulls, strict=True)], None)
    yield ratio("one post changed", [h.seconds / w.seconds for w, h in zip(toucheds, ones, strict=True)], ONE)
    memory = median(w.megabytes for w in firsts) / median(h.megabytes for h in fulls)
    yield f"memory, of Hugo's          {memory:6.2f}     limit {MEMORY:g}", memory <= MEMORY
    same_s = median(run.build for run in sames)
    yield f"nothing changed            {same_s:6.3f} s   limit {SAME_S:g} s after loading", same_s < SAME_S
    yield f"files written for one post {toucheds[0].written:6}     of {firsts[0].written}", True


def at_large(folder: Path) -> Iterator[tuple[str, bool]]:
    """Compare ten times as many posts with ourselves; invented in the process, as an archive hands them out."""
    few, large, again = (wireroom(number, fresh(folder / "site")) for number in (POSTS, MANY, POSTS))
    growth = large.build / median((few.build, again.build)) / (MANY / POSTS)
    cpu = large.cpu / median((few.cpu, again.cpu)) / (MANY / POSTS)
    yield f"{MANY} posts          {large.build:8.1f} s   {large.written} files", True
    yield f"processor time per post    {cpu:6.2f}     of that at {POSTS}", True
    yield f"time per post              {growth:6.2f}     of that at {POSTS}, limit {GROWTH:g}", growth <= GROWTH
    yield f"memory                     {large.megabytes:6.0f} MB  limit {MANY_MB:.0f} MB", large.megabytes < MANY_MB


def against_jekyll(folder: Path) -> Iterator[tuple[str, bool]]:
    """Compare at fewer posts, for its time grows faster than they do; it makes articles, a list, a feed, a sitemap."""
    edition = wide_edition.edition(FEW)
    site = folder / "jekyll"
    peer_sites.jekyll(edition, site)
    mine = wireroom(write(edition, folder / "few"), fresh(folder / "site"))
    theirs = run("jekyll", "build", "--quiet", "--source", site, "--destination", folder / "jekyll-site")
    yield ratio(f"Jekyll, {FEW} posts", [theirs.seconds / mine.seconds], 1.0)


def ratio(name: str, values: list[float], least: float | None) -> tuple[str, bool]:
    limit = f"limit {least:g}" if least else ""
    shown = f"{name:26} {median(values):6.1f} ×   {min(values):.1f}-{max(values):.1f}   {limit}"
    return shown, least is None or median(values) >= least


def _shown(runs: tuple[Run, ...]) -> str:
    seconds = " ".join(f"{one.seconds:6.2f}" for one in runs)
    return f"{seconds} s   CPU {median(one.cpu for one in runs):6.2f} s   {max(one.megabytes for one in runs):5.0f} MB"


PARTS = {"hugo": against_hugo, "large": at_large, "jekyll": against_jekyll}


def main() -> int:
    missed = 0
    for part in sys.argv[1:] or PARTS:
        if part != "large" and shutil.which(part) is None:
            print(f"SKIPPED: {part} is not installed (Debian: apt-get install {part}); nothing to compare with")
            continue
        with tempfile.TemporaryDirectory() as scratch:
            for line, met in PARTS[part](Path(scratch)):
                print(f"{line}{'' if met else '   MISSED'}", flush=True)
                missed += not met
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
