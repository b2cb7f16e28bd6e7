"""The options of the archive's commands; see options.py."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from .options import Text, argument, option

Query = Annotated[
    list[str],
    argument(
        "WORDS…",
        '要找的词：都要有；"引号里的"连在一起；-词 不要有；OR 任一',
        'Words, all of them; "a phrase"; -without; OR between two of which one is enough.',
    ),
]
Day = Annotated[
    Text,
    argument("DAY", "哪一天的，默认最新一期", "Which day; default: the newest edition."),
]
Editions = Annotated[
    list[Path],
    argument(
        "EDITION.json…", "digest 写出的 briefing-日期.json", "Files briefing-DATE.json that digest wrote."
    ),
]
Story = Annotated[Text, option("--story", metavar="N", zh="只看第 N 条", en="Only the story of that number.")]
Report = Annotated[
    bool,
    option(
        "--report",
        zh="看历次运行的报告：每一步几秒、慢的来源、出的问题",
        en="The reports of its runs: seconds of each stage, slow sources, problems.",
    ),
]
Since = Annotated[Text, option("--since", metavar="DATE", zh="从哪一天起", en="From that day on.")]
Until = Annotated[Text, option("--until", metavar="DATE", zh="到哪一天止", en="Up to that day.")]
Name = Annotated[Text, option("--edition", metavar="NAME", zh="期名", en="Name of the edition.")]
Section = Annotated[Text, option("--section", metavar="S", zh="栏目", en="The section.")]
Paper = Annotated[Text, option("--paper", metavar="P", zh="报纸", en="The paper.")]
Newest = Annotated[
    bool,
    option("--newest", zh="按日期排，新的在前；默认按相关程度", en="The newest first; default: the best."),
]
Limit = Annotated[
    Text, option("--limit", metavar="N", zh="最多几条，默认 20", en="At most so many; default 20.")
]
