"""Refresh the hashed lock files: one per extra, without the address of any index."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
COMPILE = ("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes")
PLAIN = ("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate")
BUILD = "hatchling>=1.27\neditables>=0.5\n"


def lock(name: str, *source: str, stdin: str | None = None) -> None:
    """Write one lock file."""
    command = (*COMPILE, *PLAIN, *source, "-o", str(HERE / f"{name}.txt"))
    subprocess.run(command, check=True, text=True, input=stdin, cwd=HERE.parent)  # noqa: S603 - fixed words only


def main() -> int:
    """Lock the core, every extra, and what builds the package."""
    lock("core", "pyproject.toml")
    for extra in ("pg", "ml", "s3", "parquet", "dev"):
        lock(extra, "pyproject.toml", "--extra", extra)
    lock("build", "-", stdin=BUILD)
    return 0


if __name__ == "__main__":
    sys.exit(main())
