"""Near-duplicates among all articles of a batch: reprints, and copies with a few words changed.

MinHash of the runs of five letters, and locality-sensitive hashing (Broder 1997; Indyk and Motwani
1998; Leskovec et al., Mining of Massive Datasets, chapter 3) by datasketch. Each article joins the
first that is like it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..store.shards import Row, Shards
from ..text.chars import letters

ALIKE = 0.7
"""Share of common runs (Jaccard) from which two articles are taken for one."""
PERMUTATIONS = 128
RUN = 5
"""Letters of a run; of Chinese text these are two or three words."""
LEAST = 20
"""Letters of an article that is looked at: of shorter ones too many are alike."""
COLUMNS = {
    "record": "string",
    "number": "int64",
    "first_record": "string",
    "first_number": "int64",
    "likeness": "double",
}


def write_duplicates(shards: Shards) -> int:
    """Writes the table `duplicates`, a row for each article that is like an earlier one; their number.

    Some 4 KB of memory an article. Raises StoreError.
    """
    rows = list(_found(shards))
    shards.write_table("duplicates", COLUMNS, rows)
    return len(rows)


def _found(shards: Shards) -> Iterator[Row]:
    from datasketch import MinHashLSH

    index = MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS)
    firsts: list[tuple[str, int, Any]] = []
    for row in shards.rows("articles"):
        text = "".join(letters(row["text"]))
        if len(text) < LEAST:
            continue
        sketch = _sketch(text)
        near = ((n, sketch.jaccard(firsts[n][2])) for n in sorted(index.query(sketch)))
        n, likeness = next(((n, value) for n, value in near if value >= ALIKE), (-1, 0.0))
        if n < 0:
            index.insert(len(firsts), sketch)
            firsts.append((row["record"], row["number"], sketch))
            continue
        yield {
            "record": row["record"],
            "number": row["number"],
            "first_record": firsts[n][0],
            "first_number": firsts[n][1],
            "likeness": round(float(likeness), 3),
        }


def _sketch(text: str) -> Any:
    from datasketch import MinHash

    sketch = MinHash(num_perm=PERMUTATIONS)
    sketch.update_batch([run.encode() for run in {text[n : n + RUN] for n in range(len(text) - RUN + 1)}])
    return sketch


__all__ = ["write_duplicates"]
