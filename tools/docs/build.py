#!/usr/bin/env python3
"""Builds the site strictly, Chinese and below en/ English: any warning is an error. Needs no network.

usage: build.py [FOLDER]
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build
from mkdocs.config import load_config

ROOT = Path(__file__).parents[2]


def site(folder: Path) -> None:
    """Both languages; raises mkdocs.exceptions.Abort for a broken link, a page outside the nav and the like."""
    for language, place in (("zh", folder), ("en", folder / "en")):
        config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(place), strict=True)
        config.extra["language"] = language
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    site(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out/site")
