"""Which text of the page is the piece's body?

For judging only, never for republication. One walk over the shared tree cuts it into blocks; the element whose blocks
hold most prose is the body's home, and what in it is marked as something else goes.
"""

from collections.abc import Sequence

from msgspec import Struct

from wireroom.intake.extract.blocks import Block, cut
from wireroom.text.html import Tree


class Body(Struct, frozen=True, kw_only=True):
    """Body text with blank lines between blocks, the references it links to as written, and how sure we are (0–1)."""

    text: str = ""
    links: tuple[str, ...] = ()
    confidence: float = 0.0
    around: tuple[tuple[str, bool], ...] = ()
    """Short lines just before, at the start and at the end of the body, where pieces are signed; True = bold."""
    below: tuple[str, ...] = ()
    """Short lines just after it."""


def read_body(tree: Tree) -> Body:
    """Return the body text of a page."""
    root = tree.body
    if root is None:
        return Body()
    marks: dict[int, str] = {}
    blocks = list(cut(root, marks))
    _forgive(blocks, marks)
    home = _home(blocks)
    if not home:
        return Body()
    depth = len(home)
    kept = _trimmed([block for block in _inside(blocks, home) if block.counts(depth) and _is_text(block)])
    text = "\n\n".join(block.text for block in kept)
    links = tuple(ref for block in kept for ref in block.links)
    around, below = _around(blocks, kept), _below(blocks, kept)
    return Body(text=text, links=links, confidence=_confidence(kept, blocks), around=around, below=below)


def _inside(blocks: Sequence[Block], home: tuple[int, ...]) -> list[Block]:
    """Return the blocks of an element; its serial number at its depth tells it."""
    last, own = len(home) - 1, home[-1]
    return [block for block in blocks if len(block.path) > last and block.path[last] == own]


def _around(blocks: list[Block], kept: list[Block]) -> tuple[tuple[str, bool], ...]:
    if not kept:
        return ()
    start = next(at for at, block in enumerate(blocks) if block is kept[0])
    before = [(block.text, False) for block in blocks[max(0, start - _NEAR) : start]]
    inside = [(block.text, block.bold) for block in (*kept[:4], *kept[-2:])]
    return tuple(dict.fromkeys(line for line in (*before, *inside) if len(line[0]) < _SHORT))


def _below(blocks: list[Block], kept: list[Block]) -> tuple[str, ...]:
    if not kept:
        return ()
    end = next(at for at, block in enumerate(blocks) if block is kept[-1]) + 1
    return tuple(block.text for block in blocks[end : end + _NEAR] if len(block.text) < _SHORT)


_NEAR, _SHORT = 12, 100


def _forgive(blocks: list[Block], marks: dict[int, str]) -> None:
    """Unmark elements whose name holds most of the page's prose: wrappers are named after their sidebars too."""
    total = sum(block.prose for block in blocks)
    held: dict[str, float] = {}
    for block in blocks:
        for name in {marks[block.path[depth - 1]] for depth in block.marked}:
            held[name] = held.get(name, 0.0) + block.prose
    forgiven = {name for name, prose in held.items() if prose >= _WHOLE * total}
    if not forgiven:
        return
    for block in blocks:
        if block.marked:
            block.marked = tuple(depth for depth in block.marked if marks[block.path[depth - 1]] not in forgiven)


_WHOLE = 0.7
"""Of the page's prose; a footer with the house's addresses can hold more than a short piece (91 and 131 pages)."""
_NOTHING = 0.15
_LEAST_GAIN, _MOST_GAIN = 0.4, 1.0
"""Below stand boilerplate paragraphs, above whole other pieces (91 pages: good climbs at 0.47–0.8, bad outside)."""
_LEAST_PROSE = 0.6


def _is_text(block: Block) -> bool:
    if block.tag == "h1":  # the headline is its own field
        return False
    mostly_words = block.linked * 2 <= len(block.text)
    return mostly_words or (block.tag == "p" and len(block.text) > 80 and block.linked < len(block.text))


def _trimmed(blocks: list[Block]) -> list[Block]:
    """Drop headings that head nothing at the end."""
    while blocks and blocks[-1].tag in {"h2", "h3", "h4", "h5", "h6"}:
        blocks.pop()
    return blocks


def _confidence(kept: list[Block], blocks: list[Block]) -> float:
    """Return how sure the choice is: much prose, and most of the page's prose inside it."""
    prose = sum(block.prose for block in kept)
    everything = sum(block.prose for block in blocks) or 1.0
    return round(min(1.0, prose / 800) * min(1.0, 0.3 + prose / everything), 3)


def _home(blocks: list[Block]) -> tuple[int, ...]:
    """Return the path of the element that holds the body."""
    scores: dict[int, float] = {}
    totals: dict[int, float] = {}
    places: dict[int, tuple[int, ...]] = {}
    for block in blocks:
        if block.prose <= 0:
            continue
        weight = prose = block.prose * (0.2 if block.marked else 1.0)
        path = block.path
        places[path[-1]] = path
        for serial in reversed(path):
            totals[serial] = totals.get(serial, 0.0) + prose
            if weight > 1:
                scores[serial] = scores.get(serial, 0.0) + weight
                weight *= 0.6
    if not scores:
        return ()
    # Of elements with one score the outer one, which has the lower number.
    best = max(scores, key=lambda serial: (scores[serial], -serial))
    path = next(path for path in places.values() if best in path)
    return _climbed(_declared(path[: path.index(best) + 1], blocks), totals, blocks)


def _declared(best: tuple[int, ...], blocks: list[Block]) -> tuple[int, ...]:
    """Move up to the element around that is named as a piece or its body, unless it adds other than prose."""
    homes = {block.home for block in _inside(blocks, best)}
    depth = min(homes)
    if not 0 < depth < len(best) or len(homes) > 1:
        return best
    kept = [block for block in _inside(blocks, best) if block.counts(len(best))]
    more = [block for block in _inside(blocks, best[:depth]) if block.counts(depth)]
    prose, before = sum(block.prose for block in more), sum(block.prose for block in kept)
    size = sum(len(block.text) for block in more) - sum(len(block.text) for block in kept)
    return best[:depth] if prose > before and prose - before >= _LEAST_PROSE * size else best


def _climbed(best: tuple[int, ...], totals: dict[int, float], blocks: list[Block]) -> tuple[int, ...]:
    """Move up while the parent adds much prose and little else: bodies are often cut into sections."""
    current = best
    for end in range(len(best) - 1, 0, -1):
        parent = best[:end]
        gain = totals[parent[-1]] / totals[current[-1]] - 1
        if gain < _NOTHING:
            continue
        inner = {id(block) for block in _inside(blocks, current)}
        added = [block for block in _inside(blocks, parent) if block.counts(end) and id(block) not in inner]
        size = sum(len(block.text) for block in added) or 1
        if not _LEAST_GAIN <= gain <= _MOST_GAIN or sum(block.prose for block in added) / size < _LEAST_PROSE:
            break
        current = parent
    return current
