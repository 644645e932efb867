"""The two original sites as beats, and their published records as articles."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec import structs
from tests.quality.labelled import of_facts

from wireroom.records.articles import Article
from wireroom.records.policy import Policy
from wireroom.scoring.presets import shipped

Facts = dict[str, Any]


@pytest.fixture(scope="session")
def site_policy(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Policy]:
    """Return a function from a site's name (and a preset) to its policy."""
    from wireroom.app.beat import load_beat

    folder = tmp_path_factory.mktemp("sites")
    script = Path(__file__).parent / "beats_from_taxonomies.py"
    subprocess.run([sys.executable, str(script), str(shared / "data/taxonomies.yaml"), str(folder)], check=True)

    def policy(site: str, preset: str = "classic") -> Policy:
        return structs.replace(load_beat(folder / site).policy, preset=shipped(preset))

    return policy


@pytest.fixture(scope="session")
def dev_records(shared: Path) -> list[Facts]:
    """Return the published records with their labels."""
    lines = (shared / "data/newsposts-dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def seed_records(shared: Path) -> list[Facts]:
    """Return the front matter of the reference records."""
    files = sorted((shared / "seeds").glob("*.txt"))
    return [yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1]) for file in files]


@pytest.fixture(scope="session")
def as_article() -> Callable[[Facts], Article]:
    """Return a function from a record's facts to an article."""
    return of_facts
