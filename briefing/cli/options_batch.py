"""The options of batch; see options.py."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from . import completion
from .options import Text, Words, argument, option

Corpus = Annotated[
    Words,
    argument(
        "IN...",
        "版面或稿件：文件夹、通配符、.jsonl（可压缩）、.csv、.parquet、对象存储地址（s3://…），或 -",
        "Pages or articles: folders, globs, .jsonl (.gz too), .csv, .parquet, addresses (s3://…), or -.",
    ),
]
OutFolder = Annotated[
    Path | None,
    option(
        "--out",
        "-o",
        metavar="DIR",
        zh="输出文件夹：新的，或加 --resume 接着做的",
        en="Output folder, new or to be resumed.",
    ),
]
Engine = Annotated[
    str,
    option(
        "--engine",
        metavar="local|processes|ray",
        autocompletion=completion.choices("local", "processes", "ray"),
        zh="在哪里运行：local 本进程（默认），processes 多进程，ray 集群",
        en="Where it runs: local, this process (default); processes; or a ray cluster.",
    ),
]
Address = Annotated[
    Text,
    option(
        "--address",
        metavar="ADDR",
        zh="Ray 集群的地址，如 auto、ray://host:10001；不写则在本机起一个",
        en="The Ray cluster, such as auto or ray://host:10001; default: one on this machine.",
    ),
]
Workers = Annotated[
    Text,
    option(
        "--workers",
        metavar="N",
        zh="同时工作的进程或线程数，默认每核一个",
        en="Workers; default: one a core.",
    ),
]
Resume = Annotated[
    bool,
    option("--resume", zh="接着做被中断的任务，已完成的不重做", en="Go on with a job that was interrupted."),
]
TableFormat = Annotated[
    str,
    option(
        "--format",
        "-f",
        metavar="jsonl|parquet",
        autocompletion=completion.choices("jsonl", "parquet"),
        zh="表的格式，默认 jsonl；parquet 需要 briefing[batch]",
        en="Format of the tables; default jsonl. parquet needs briefing[batch].",
    ),
]
ShardSize = Annotated[
    Text,
    option("--shard", metavar="N", zh="每个分片的记录数，默认 1000", en="Records of a shard; default 1000."),
]
Duplicates = Annotated[
    bool,
    option(
        "--duplicates",
        zh="做完后找出全部稿件中的近似重复，写入 duplicates 表",
        en="At the end find near-duplicates among all articles, into the table duplicates.",
    ),
]
