"""No document that was made to hurt takes more than 64 MB to read, decode or show."""

import json
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parents[2] / "bench" / "hostile.py"
MOST_MB = 64


def test_hostile_documents_stay_under_64_mb() -> None:
    done = subprocess.run([sys.executable, str(BENCH), "--json"], check=False, capture_output=True, text=True)
    costs = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(costs) > 40, done.stderr
    assert [cost for cost in costs if cost["mb"] > MOST_MB] == []
