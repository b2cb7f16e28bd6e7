"""The options of models, templates and eval, each named once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from .options import Text, Words, argument, option

ModelName = Annotated[str, argument("MODEL", "模型的名称或文件夹", "A model's name or folder.")]
OptionalModelName = Annotated[
    Text, argument("MODEL", "模型的名称或文件夹；不写则为全部", "A model's name or folder; default: all.")
]
BenchModelName = Annotated[
    str,
    argument(
        "MODEL", "模型的名称或文件夹；默认 briefing-zh", "A model's name or folder; default briefing-zh."
    ),
]
Count = Annotated[
    str,
    option("--count", metavar="N", zh="测试文章的篇数，默认 32", en="Number of test articles; default 32."),
]
Cases = Annotated[
    Path,
    argument(
        "CASES.jsonl",
        "每行一篇：id、title、text、gist、summary、facts",
        "One article a line: id, title, text, gist, summary, facts.",
    ),
]
ArticleOrCases = Annotated[
    str,
    argument(
        "ARTICLE|CASES.jsonl",
        "文章：文件、网址或 -；加 --json 时也可以是一行一例的文件：id、title、text、summary",
        "The article: a file, an address or -; with --json also a case a line: id, title, text, summary.",
    ),
]
SummaryFile = Annotated[
    Text, argument("SUMMARY", "摘要的文本文件，或 -（标准输入）", "The summary's text file, or - for stdin.")
]
CheckJson = Annotated[
    bool, option("--json", zh="每例打印一行 JSON", en="Print one line of JSON for each case.")
]
Show = Annotated[
    bool,
    option(
        "--show", zh="逐篇打印参考摘要和生成的摘要", en="Print references and outputs, article by article."
    ),
]
Theme = Annotated[
    str, argument("T", "主题名、文件夹或单个模板文件", "A theme's name, a folder or a template file.")
]
ThemeFile = Annotated[Text, argument("FILE", "主题中的文件", "A file of the theme.")]
ThemeFiles = Annotated[
    Words,
    argument(
        "FILE...",
        "只复制这些文件；默认为主题自己的全部文件",
        "Copy only these files; default: all the theme's own.",
    ),
]
Folder = Annotated[Path, argument("DIR", "目标文件夹", "The folder to copy to.")]
Force = Annotated[bool, option("--force", zh="覆盖已有的文件", en="Overwrite existing files.")]
