"""robots.txt (RFC 9309): which paths of a site may be fetched. A line that cannot be parsed is ignored."""

from __future__ import annotations

from urllib.parse import urlparse
from urllib.robotparser import RobotFileParser

LARGEST = 500_000
"""Bytes that are looked at; RFC 9309 asks for 500 KiB at least."""
FIELDS = ("user-agent", "allow", "disallow")
MOST_LINES = 5000


def robots_rules(content: bytes) -> RobotFileParser:
    """The rules of a robots.txt; lines that the parser would fail on are left out."""
    lines = [line for line in content[:LARGEST].decode("utf-8", "replace").splitlines() if _is_sound(line)]
    rules = RobotFileParser()
    rules.parse(lines[:MOST_LINES])
    return rules


def _is_sound(line: str) -> bool:
    """Whether a line is one that the parser can read: an empty one, or a rule whose path is a path."""
    if not line.strip():
        return True
    name, _, value = line.partition(":")
    if name.strip().lower() not in FIELDS:
        return False
    try:
        urlparse(value.strip())
    except ValueError:  # a broken IPv6 host
        return False
    return True
