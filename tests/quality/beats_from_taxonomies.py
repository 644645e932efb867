"""Make two beat folders, one for each original site, from the outside taxonomies.

    python tests/quality/beats_from_taxonomies.py ../shared/data/taxonomies.yaml FOLDER

FOLDER then holds `power-apps/` and `artificial-intelligence/`, for `wireroom try score … --preset classic --beat DIR`.
Topics keep their order, names, parents and keyword repetitions; standing is written per host.
"""

import sys
from pathlib import Path
from typing import Any

import yaml

OPML = '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0"><head><title>{}</title></head><body/></opml>\n'


def write_beats(taxonomies: Path, folder: Path) -> list[Path]:
    """Write a beat folder for each site and return them."""
    sites = yaml.safe_load(taxonomies.read_text(encoding="utf-8"))
    return [_write_beat(site, facts, folder / site) for site, facts in sites.items()]


def _write_beat(site: str, facts: dict[str, Any], beat: Path) -> Path:
    (beat / "topics").mkdir(parents=True, exist_ok=True)
    (beat / "beat.toml").write_text(_beat_toml(site, facts), encoding="utf-8")
    (beat / "feeds.opml").write_text(OPML.format(facts["main"]), encoding="utf-8")
    for number, row in enumerate(facts["topics"]):
        file = beat / "topics" / f"{number:02d}-{row['id']}.yaml"
        file.write_text(yaml.safe_dump(_topic(row), sort_keys=False, allow_unicode=True), encoding="utf-8")
    return beat


def _topic(row: dict[str, Any]) -> dict[str, Any]:
    keys: tuple[str, ...] = ("name", "shortname", "parent", "keywords")
    kept = {key: row[key] for key in keys if key in row}
    services = {"news": None} if row["news"] else {}
    return {"taxonomy": "topic", "_id": row["id"], **kept, "services": services}


def _beat_toml(site: str, facts: dict[str, Any]) -> str:
    standing = sorted((host, points) for points, hosts in facts["standing"].items() for host in hosts)
    lines = [
        "[beat]",
        f'id = "{site}"',
        f'name = "{facts["main"]}"',
        f'address = "https://{site}.example/"',
        'locale = "en-us"',
        f'main_topic = "{facts["main"]}"',
        'preset = "classic"',
        "",
        "[standing]",
        *(f'"{host}" = {points}' for host, points in standing),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    for made in write_beats(Path(sys.argv[1]), Path(sys.argv[2])):
        print(made)
