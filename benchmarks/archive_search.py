"""How long a search takes in an archive of many stories.

    python benchmarks/archive_search.py FOLDER [--stories N] [--seed N]

Fills FOLDER/archive-N.sqlite3 with N made-up stories of some 150 characters, fifty a day, unless it is there: without
people and places, which a search does not read. Then searches it by common and rare words, a phrase, a name, and within days
and a section; each query eleven times, the median in milliseconds, from parsing to the marked hits of the first page.
"""

from __future__ import annotations

import argparse
import datetime
import random
import statistics
import sys
import time
from dataclasses import asdict
from pathlib import Path

from briefing.store.archive import Archive, StoredStory
from briefing.store.archive_search import search
from briefing.store.search import parse
from briefing.store.search_index import add_to_index
from briefing.store.tables import EDITIONS, STORIES, first_id
from briefing.types.archived import Filter

A_DAY = 50
LAST = datetime.date(2026, 11, 20)
PLACES = [
    "云汀",
    "望江",
    "滨湖",
    "青溪",
    "江东",
    "岚州",
    "潮平",
    "石桥",
    "东洲",
    "鹿鸣",
    "柳浦",
    "白塔",
    "双河",
    "南渡",
    "松口",
    "竹溪",
]
THINGS = [
    "大桥",
    "地铁",
    "水厂",
    "医院",
    "学校",
    "图书馆",
    "港口",
    "公园",
    "市场",
    "机场",
    "电站",
    "养老院",
    "体育馆",
    "博物馆",
    "码头",
    "工业园",
]
DONE = [
    "通车",
    "开工",
    "投产",
    "扩建",
    "检修",
    "搬迁",
    "开放",
    "竣工",
    "停业",
    "招标",
    "改造",
    "验收",
    "启用",
    "延期",
    "揭牌",
    "封闭",
]
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "明远启承安文博思齐景行子墨若水怀瑾知行清扬立言修远云舟一鸣望舒"
SECTIONS = ["要闻", "经济", "社会", "文化", "体育", "国际"]
QUERIES = {
    "two common words": ("大桥 通车", Filter()),
    "one common word": ("大桥", Filter()),
    "a rare number": ("4711", Filter()),
    "a phrase": ("“望江大桥通车”", Filter()),
    "a name": ("李明远", Filter()),
    "a common word in a month": (
        "大桥",
        Filter(since=datetime.date(2026, 10, 20), until=datetime.date(2026, 11, 20)),
    ),
    "a common word in a section": ("大桥", Filter(section="经济")),
    "nothing": ("不会有的词", Filter()),
}


def story(number: int, random_: random.Random) -> StoredStory:
    place, thing, done = (random_.choice(words) for words in (PLACES, THINGS, DONE))
    name = random_.choice(SURNAMES) + "".join(random_.sample(GIVEN, 2))
    other = "，".join(
        f"{random_.choice(PLACES)}{random_.choice(THINGS)}{random_.choice(DONE)}{random_.randrange(1, 9000)}天"
        for _ in range(8)
    )
    text = f"{place}{thing}昨日{done}，总投资{random_.randrange(1, 9000)}万元。市长{name}说，{other}。"
    return StoredStory(
        position=number,
        section=random_.choice(SECTIONS),
        paper="云汀日报",
        page="1",
        headline=f"{place}{thing}{done}",
        gist="",
        summary=text[:60],
        text=text,
    )


def fill(archive: Archive, stories: int, seed: int) -> None:
    random_ = random.Random(seed)
    days = -(-stories // A_DAY)
    for back in range(days - 1, -1, -1):
        day = LAST - datetime.timedelta(days=back)
        with archive.database.writing() as connection:
            row = {"day": day.isoformat(), "name": "daily", "title": "", "made": "", "count": A_DAY}
            edition = connection.execute(EDITIONS.insert().values(**row, content="{}")).inserted_primary_key
            assert edition
            for number in range(A_DAY):
                id, one = first_id(day) + 1 + number, asdict(story(number, random_))
                connection.execute(STORIES.insert().values(id=id, edition=edition[0], **one))
                add_to_index(connection, id, one)
        if back % 500 == 0:
            print(f"{(days - back) * A_DAY} of {stories} stories", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    place = given.folder / f"archive-{given.stories}.sqlite3"
    new = not place.exists()
    with Archive(place) as archive:
        if new:
            fill(archive, given.stories, given.seed)
        print(f"{given.stories} stories, {place.stat().st_size / 2**20:.0f} MiB")
        for name, (words, within) in QUERIES.items():
            spent = []
            for _ in range(11):
                began = time.perf_counter()
                with archive.database.reading() as connection:
                    found = search(connection, parse(words), within)
                spent.append(1000 * (time.perf_counter() - began))
            more = "+" if found.more else ""
            print(f"{name:28} {found.total:>7}{more:1} hits {statistics.median(spent):8.1f} ms")


if __name__ == "__main__":
    main()
