"""An HTTP cache for conditional requests (RFC 9110, 13.1): one file for each body and its
validators.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedResponse:
    """A cached response: its body, its media type, and the headers for revalidating it."""

    content: bytes
    media_type: str
    conditions: dict[str, str]


@dataclass(frozen=True, slots=True)
class HttpCache:
    """A folder of responses; without a usable folder nothing is cached."""

    folder: Path | None

    def load(self, address: str, largest: int) -> CachedResponse | None:
        """The cached response of the address, if it is complete and has at most `largest` bytes."""
        if not self.folder:
            return None
        entry = self._entry(address)
        try:
            known = json.loads(entry.read_text("utf-8"))
            with entry.with_suffix(".body").open("rb") as file:
                content = file.read(largest + 1)
            tags = {CONDITIONS[name]: str(known[name]) for name in CONDITIONS if known.get(name)}
            whole = hashlib.sha256(content).hexdigest() == known["sha256"]
            kind = str(known.get("kind", ""))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return CachedResponse(content=content, media_type=kind, conditions=tags) if whole and tags else None

    def save(self, address: str, content: bytes, media_type: str, tags: dict[str, str]) -> None:
        """Saves a response that can be revalidated; files are written atomically."""
        if not self.folder or not any(tags.values()):
            return
        entry = self._entry(address)
        known = {**tags, "kind": media_type, "sha256": hashlib.sha256(content).hexdigest()}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write_file(entry.with_suffix(".body"), content)
            _write_file(entry, json.dumps(known).encode())
        except OSError:
            return

    def _entry(self, address: str) -> Path:
        name = hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:32]
        return (self.folder or Path()) / f"{name}.json"


def _write_file(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
