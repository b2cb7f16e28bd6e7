"""Parses robots.txt (RFC 9309), ignoring lines that cannot be parsed."""

from __future__ import annotations

from urllib.parse import urlparse
from urllib.robotparser import RobotFileParser

LARGEST = 500_000
"""Bytes that are parsed; RFC 9309 asks for at least 500 KiB."""
FIELDS = ("user-agent", "allow", "disallow")
MOST_LINES = 5000


def robots_rules(content: bytes) -> RobotFileParser:
    """The rules of a robots.txt, without lines that the parser would fail on."""
    lines = [line for line in content[:LARGEST].decode("utf-8", "replace").splitlines() if _is_sound(line)]
    rules = RobotFileParser()
    rules.parse(lines[:MOST_LINES])
    return rules


def _is_sound(line: str) -> bool:
    """Whether the parser can read a line: an empty one, or a rule with a valid path."""
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
