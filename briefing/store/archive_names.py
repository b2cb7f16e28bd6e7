"""The people and places in the archive's stories: counted as stories come and go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import sqlalchemy as sa

from ..text.names import NameKind, names
from .tables import MENTIONS, NAMES

MOST = 12
"""Names of a story: those named most."""
LONGEST = 20
"""Characters of a name."""
KINDS = {NameKind.PERSON: "person", NameKind.PLACE: "place"}
PLACE_ENDS = tuple("省市县区旗州镇乡村岛港湾江河湖山路街桥国局部委院校厂馆站")
"""Ends of words that are places or offices, also where the tagger takes them for a person."""


def names_of(story: Mapping[str, str]) -> dict[str, str]:
    """The names in a story's headline and summary, with the kind of each."""
    counts: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    for found in names("\n".join((story["headline"], story["gist"], story["summary"]))):
        kind = KINDS.get(found.kind)
        if kind and 2 <= len(found.text) <= LONGEST and "/" not in found.text:
            counts[found.text] += 1
            kinds.setdefault(found.text, "place" if found.text.endswith(PLACE_ENDS) else kind)
    return {name: kinds[name] for name, _ in counts.most_common(MOST)}


def add_names(connection: sa.Connection, id: int, found: Mapping[str, str]) -> None:
    """Counts the names of a story in."""
    if not found:
        return
    connection.execute(MENTIONS.insert(), [{"name": name, "story": id} for name in found])
    known = connection.execute(sa.select(NAMES.c.name).where(NAMES.c.name.in_(found))).scalars().all()
    if new := [name for name in found if name not in known]:
        rows = [{"name": one, "kind": found[one], "stories": 1, "first": id, "last": id} for one in new]
        connection.execute(NAMES.insert(), rows)
    if known:
        first = sa.case((NAMES.c.first < id, NAMES.c.first), else_=id)
        last = sa.case((NAMES.c.last > id, NAMES.c.last), else_=id)
        counted = NAMES.update().where(NAMES.c.name.in_(known))
        connection.execute(counted.values(stories=NAMES.c.stories + 1, first=first, last=last))


def remove_names(connection: sa.Connection, id: int) -> None:
    """Counts the names of a story out."""
    of_story = sa.select(MENTIONS.c.name).where(MENTIONS.c.story == id)
    found = connection.execute(of_story).scalars().all()
    connection.execute(MENTIONS.delete().where(MENTIONS.c.story == id))
    for name in found:
        ids = MENTIONS.c.story
        left = sa.select(sa.func.count(), sa.func.min(ids), sa.func.max(ids)).where(MENTIONS.c.name == name)
        count, first, last = connection.execute(left).one()
        same = NAMES.c.name == name
        if count:
            values = {"stories": count, "first": first, "last": last}
            connection.execute(NAMES.update().where(same).values(**values))
        else:
            connection.execute(NAMES.delete().where(same))
