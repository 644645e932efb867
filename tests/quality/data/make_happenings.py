"""Which reports and copies do the quality tests judge? Writes them from happenings.yaml, the same on every run.

    python tests/quality/data/make_happenings.py

`happenings.jsonl`: reports with the story each tells. `copies.jsonl`: pairs with the kind of copy the second is of the
first (`independent`: the same happening reported for oneself; `subject`: another happening of the same kind).
"""

import json
from pathlib import Path
from random import Random
from typing import Any

import yaml

HERE = Path(__file__).parent
EVENTS_PER_KIND = 13
START = 1_772_000_000
STARTS = ("Har", "Bel", "Wex", "Tam", "Os", "Lin", "Cor", "Mar", "Fen", "Dun", "Ald", "Ros", "Kel", "Vin", "Pra", "Sut")
ENDS = ("ford", "bury", "wick", "ton", "mere", "haven", "field", "dale", "port", "stead", "brook", "ham")
FIRST = (
    "Ines",
    "Daniel",
    "Moira",
    "Tomas",
    "Aisha",
    "Pavel",
    "Greta",
    "Hugo",
    "Leila",
    "Oscar",
    "Nadia",
    "Ruben",
    "Yara",
)
LAST = (
    "Okafor",
    "Brandt",
    "Silva",
    "Novak",
    "Petit",
    "Larsen",
    "Moreau",
    "Iqbal",
    "Castell",
    "Weiss",
    "Tanaka",
    "Dunne",
)
FIRMS = (
    "Lumo",
    "Verid",
    "Argus",
    "Northbeam",
    "Clarion",
    "Opti",
    "Sable",
    "Quorum",
    "Facet",
    "Tessera",
    "Halcyon",
    "Iris",
)
KINDS = ("Systems", "Labs", "Group", "Vision", "Works", "Logic")
SWAPS = dict(
    pair.split("=")
    for pair in (
        "said=stated told=informed about=around shortly=soon people=persons reached=hit helped=lifted stop=cease "
        "injuring=hurting plans=intends strong=robust officials=authorities ordered=instructed spent=used near=by"
    ).split()
)
"""What a rewriter changes: a word here and there."""

Row = dict[str, Any]


def facts(rng: Random, quote: str) -> dict[str, str]:
    """Invent the names and numbers of one happening."""
    names = [f"{first} {last}" for first in rng.sample(FIRST, 2) for last in [rng.choice(LAST)]]
    return {
        "place": rng.choice(STARTS) + rng.choice(ENDS) + rng.choice(("", "", " Falls", " Bay", " Springs")),
        "org": f"{rng.choice(FIRMS)} {rng.choice(KINDS)}",
        "p1": names[0],
        "p2": names[1],
        "quote": quote,
        "n1": str(rng.randrange(3, 30)),
        "n2": str(rng.randrange(10, 95)),
        "n3": str(rng.randrange(100, 900)),
        "n4": str(rng.randrange(11, 990)),
        "n5": str(rng.randrange(0, 10)),
    }


def report(lines: list[str], said: dict[str, str], rng: Random) -> tuple[str, str]:
    """Write one reporter's headline and text; the order of the facts after the first is the reporter's own."""
    title, first, *rest = (line.format(**said) for line in lines)
    rng.shuffle(rest)
    return title, "\n\n".join([first, *rest])


def events() -> list[tuple[str, str, dict[str, tuple[str, str]]]]:
    """Return (kind, story, reporter → (title, text)) of every happening."""
    kinds = yaml.safe_load((HERE / "happenings.yaml").read_text(encoding="utf-8"))
    made = []
    for kind, lines in kinds.items():
        for number in range(EVENTS_PER_KIND):
            rng = Random(f"{kind} {number}")
            said = facts(rng, lines["quote"])
            made.append((kind, f"{kind}-{number}", {who: report(lines[who], said, rng) for who in "abc"}))
    return made


def reports() -> list[Row]:
    """Return two or three reports of every happening, in order of time; happenings of a kind crowd together."""
    rows: list[Row] = []
    for kind, story, texts in events():
        rng = Random(f"times {story}")
        at = START + rng.randrange(0, 6 * 86_400)
        for who in sorted(texts)[: rng.choice((2, 3, 3))]:
            title, text = texts[who]
            at += rng.randrange(600, 14 * 3600)
            row = {"id": f"{story}-{who}", "story": story, "kind": kind, "title": title, "text": text, "at": at}
            rows.append(row)
    return sorted(rows, key=lambda row: (row["at"], row["id"]))


def rewritten(text: str, rng: Random) -> str:
    """Change words and drop a paragraph, as a rewriter does; order and most phrases stay."""
    parts = text.split("\n\n")
    dropped = rng.randrange(1, len(parts))
    words = " \n\n ".join(part for at, part in enumerate(parts) if at != dropped).split(" ")
    out = [SWAPS.get(word, word) for word in words]
    at = 9
    while at < len(out):
        out.insert(at, rng.choice(("reportedly", "also", "meanwhile", "now")))
        at += rng.randrange(9, 15)
    return " ".join(out)


def near(text: str, rng: Random) -> str:
    """Cut the last paragraph and put a teaser below, as partner sites do."""
    parts = text.split("\n\n")
    return "\n\n".join([*parts[:-1], rng.choice(("Sign up for our morning briefing.", "Read more local news here."))])


def copies() -> list[Row]:
    """Return pairs of texts and what the second is to the first."""
    made = events()
    rows: list[Row] = []
    for at, (kind, story, texts) in enumerate(made):
        rng = Random(f"copies {story}")
        title, text = texts["a"]
        other = made[(at + 1) % len(made)]
        if other[0] != kind:
            other = made[at - 1]
        wire = f"{story.split('-')[0].upper()}, (NWA) — {text}"
        seconds = {
            "exact": (title, text),
            "near": (title, near(text, rng)),
            "syndicated": (title, wire),
            "rewritten": (texts["b"][0], rewritten(text, rng)),
            "independent": texts["b"],
            "subject": other[2][rng.choice("ac")],
        }
        for relation, (second_title, second) in seconds.items():
            first = wire if relation == "syndicated" else text
            rows.append(
                {
                    "id": f"{story}-{relation}",
                    "relation": relation,
                    "first": [title, first],
                    "second": [second_title, second],
                }
            )
    return rows


def main() -> None:
    """Write both files."""
    for name, rows in (("happenings", reports()), ("copies", copies())):
        lines = (json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
        (HERE / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
