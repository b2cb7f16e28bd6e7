"""briefing models: what can summarize here, and whether it is whole."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ..errors import ModelError
from ..messages import Message
from . import console
from .language import LANGUAGE, say

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
HELP = say("列出、查看、校验和测速摘要模型。", "List, show, verify and time summarization models.")
ModelArgument = Annotated[
    str, typer.Argument(metavar="MODEL", help=say("模型的名称或文件夹", "A model's name or folder."))
]
AsJson = Annotated[bool, typer.Option("--json", help=say("以 JSON 打印", "Print as JSON."))]
LIST = say("列出可用的模型和方法", "List the models and methods there are.")
INFO = say("显示一个模型的来历、许可和文件", "Show a model's origin, licence and files.")
VERIFY = say("核对模型文件的 SHA-256", "Check the SHA-256 of a model's files.")
PATH = say("打印模型文件夹的路径", "Print the path of a model's folder.")
BENCH = say("用自带文章测每篇用时和内存", "Time a model on made-up articles: seconds an article, memory.")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


@app.command("list", help=LIST)
def list_(as_json: AsJson = False) -> int:
    from ..app.models import installed_models, method_descriptions

    rows: list[dict[str, Any]] = [
        {
            "name": b.name,
            "kind": "model",
            "size": b.size,
            "license": b.license,
            "description": b.description(LANGUAGE),
        }
        for b in installed_models()
    ]
    rows += [
        {"name": name, "kind": "method", "size": 0, "license": "Apache-2.0", "description": text(LANGUAGE)}
        for name, text in method_descriptions()
    ]
    if as_json:
        console.print_json(rows)
        return 0
    for row in rows:
        size = _megabytes(row["size"]) if row["size"] else "—"
        typer.echo(f"{row['name']:12} {size:>9}  {row['description']}")
    return 0


@app.command("info", help=INFO)
def info(name: ModelArgument, as_json: AsJson = False) -> int:
    from ..app.models import model_folder_named

    found = model_folder_named(name)
    if as_json:
        console.print_json(
            {
                "name": found.name,
                "version": found.version,
                "description": found.description(LANGUAGE),
                "license": found.license,
                "base": found.base,
                "parameters": found.parameters,
                "context": found.context,
                "size": found.size,
                "path": str(found.path),
                "files": [{"name": f.name, "size": f.size, "sha256": f.sha256} for f in found.files],
            }
        )
        return 0
    typer.echo(f"{found.name} {found.version}  {found.description(LANGUAGE)}")
    typer.echo(say(f"基座：{found.base}", f"base: {found.base}"))
    typer.echo(say(f"许可：{found.license}", f"licence: {found.license}"))
    typer.echo(say(f"参数：{found.parameters:,}", f"parameters: {found.parameters:,}"))
    typer.echo(say(f"上下文：{found.context} 词元", f"context: {found.context} tokens"))
    for file in found.files:
        typer.echo(f"  {file.name:18} {_megabytes(file.size):>9}  {file.sha256}")
    return 0


@app.command("verify", help=VERIFY)
def verify(name: Annotated[str | None, typer.Argument(metavar="MODEL")] = None) -> int:
    from ..app.models import installed_models, model_folder_named

    chosen = [model_folder_named(name)] if name else installed_models()
    for found in chosen:
        if damage := found.damaged():
            raise ModelError(
                Message("；".join(d.zh for d in damage), "; ".join(d.en for d in damage)),
                Message(
                    "请重新安装：pip install --force-reinstall briefing",
                    "reinstall it: pip install --force-reinstall briefing",
                ),
            )
        typer.echo(
            say(
                f"{found.name}：{len(found.files)} 个文件完好",
                f"{found.name}: {len(found.files)} files are whole",
            )
        )
    return 0


@app.command("path", help=PATH)
def path(name: ModelArgument) -> int:
    from ..app.models import model_folder_named

    typer.echo(str(model_folder_named(name).path))
    return 0


@app.command("bench", help=BENCH)
def bench(
    name: Annotated[str, typer.Argument(metavar="MODEL")] = "briefing-zh",
    count: Annotated[int, typer.Option(metavar="N", min=1, help=say("文章数", "Articles."))] = 32,
    jobs: Annotated[int, typer.Option(metavar="N", min=0, help=say("同时几篇", "Articles at a time."))] = 0,
    as_json: AsJson = False,
) -> int:
    from ..app.models import time_model

    figures = time_model(name, count, jobs)
    if as_json:
        console.print_json(figures)
        return 0
    typer.echo(
        say(
            f"{name}：{figures['articles']} 篇，每篇 {figures['characters']:.0f} 字；载入 {figures['load_s']:.2f} 秒；"
            f"每篇 {figures['seconds']:.2f} 秒；内存峰值 {figures['peak_mb']:.0f} MB",
            f"{name}: {figures['articles']} articles of {figures['characters']:.0f} characters; loading {figures['load_s']:.2f} s; "
            f"{figures['seconds']:.2f} s an article; peak memory {figures['peak_mb']:.0f} MB",
        )
    )
    return 0
