"""Makes a release ready: refuses what is not clean or not written down, builds, checks, and tags.

    make release

Nothing leaves the machine. Pushing the tag starts .github/workflows/release.yml, which builds again and publishes.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYPI_LARGEST = 100_000_000
"""Bytes of a file that PyPI takes; more must be asked for."""
HEADING = re.compile(r"^## \[(?P<name>[^\]]+)\](?: - (?P<date>\d{4}-\d{2}-\d{2}))?$", re.MULTILINE)


def version(root: Path) -> str:
    """The version that the program says it has."""
    found = re.search(
        r'^__version__ = "(.+)"$', (root / "briefing/__init__.py").read_text("utf-8"), re.MULTILINE
    )
    if found is None:
        sys.exit("briefing/__init__.py has no __version__")
    return found[1]


def unwritten(changelog: str, wanted: str) -> str | None:
    """What the changelog lacks for a release of version `wanted`; None if it is as it should be."""
    headings = list(HEADING.finditer(changelog))
    if headings and headings[0]["name"] == "Unreleased":
        first = headings.pop(0)
        end = headings[0].start() if headings else len(changelog)
        if changelog[first.end() : end].strip():
            return "[Unreleased] has entries: move them under the version's heading"
    if not headings or headings[0]["name"] != wanted:
        return f"the newest heading is not [{wanted}]"
    if headings[0]["date"] is None:
        return f"[{wanted}] has no date"
    return None


def git(root: Path, *words: str) -> str:
    """What git says; ends the program where it fails."""
    return subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True, text=True).stdout


def refused(root: Path) -> str | None:
    """Why this state cannot be released; None if it can."""
    wanted = version(root)
    if git(root, "status", "--porcelain").strip():
        return "the working tree is not clean: commit or stash first"
    if git(root, "tag", "--list", f"v{wanted}").strip():
        return f"v{wanted} is tagged already: raise the version"
    lacking = unwritten((root / "CHANGELOG.md").read_text("utf-8"), wanted)
    return f"CHANGELOG.md: {lacking}" if lacking else None


def main() -> None:
    """Runs the whole way, or ends with the reason why not."""
    if (reason := refused(ROOT)) is not None:
        sys.exit(reason)
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    subprocess.run([sys.executable, "-m", "build", str(ROOT)], check=True)
    built = sorted((ROOT / "dist").iterdir())
    subprocess.run([sys.executable, "-m", "twine", "check", "--strict", *map(str, built)], check=True)
    for file in built:
        if file.stat().st_size > PYPI_LARGEST:
            print(
                f"{file.name} is larger than PyPI takes (100 MB): ask for a larger limit before you push the tag"
            )
    tag = f"v{version(ROOT)}"
    git(ROOT, "tag", "--annotate", tag, "--message", f"briefing {tag[1:]}")
    print(f"tagged {tag}; publish with: git push origin {tag}")


if __name__ == "__main__":
    main()
