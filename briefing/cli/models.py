"""briefing models: the summarization models there are, and whether they are intact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from ..messages import both
from . import console, language, options
from . import options_tools as tools
from .command import Command, Group
from .language import say
from .usage import whole_number

if TYPE_CHECKING:
    from ..summarization.generate.model_folder import ModelFolder

app = typer.Typer(cls=Group, rich_markup_mode=None)
HELP = both("列出、查看、校验和测速摘要模型。", "List, show, verify and time summarization models.")
LIST = both("列出可用的模型和方法。", "List the available models and methods.")
INFO = both("显示模型的来历、许可和文件。", "Show a model's origin, licence and files.")
VERIFY = both("核对模型文件的 SHA-256。", "Check the SHA-256 of a model's files.")
PATH = both("打印模型文件夹的路径。", "Print the path of a model's folder.")
BENCH = both(
    "用生成的文章测每篇用时和内存。", "Time a model on generated articles: seconds an article, memory."
)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


@app.command("list", cls=Command, help=LIST)
def list_(as_json: options.Json = False) -> int:
    """Prints a line for each model and method."""
    from ..app.models import model_rows

    rows = model_rows(language.current())
    if as_json:
        console.print_json(rows)
        return 0
    for row in rows:
        size = _megabytes(row["size"]) if row["size"] else "—"
        console.echo(f"{row['name']:12} {size:>9}  {row['description']}")
    return 0


def _model_row(model: ModelFolder) -> dict[str, Any]:
    """The JSON of a model."""
    return {
        "name": model.name,
        "version": model.version,
        "description": model.description(language.current()),
        "license": model.license,
        "base": model.base,
        "parameters": model.parameters,
        "context": model.context,
        "size": model.size,
        "path": str(model.path),
        "files": [{"name": f.name, "size": f.size, "sha256": f.sha256} for f in model.files],
    }


@app.command("info", cls=Command, help=INFO)
def info(name: tools.ModelName, as_json: options.Json = False) -> int:
    """Prints what model.toml says."""
    from ..app.models import model_folder_named

    model = model_folder_named(name)
    if as_json:
        console.print_json(_model_row(model))
        return 0
    console.echo(f"{model.name} {model.version}  {model.description(language.current())}")
    console.echo(say(f"基座：{model.base}", f"base: {model.base}"))
    console.echo(say(f"许可：{model.license}", f"licence: {model.license}"))
    console.echo(say(f"参数：{model.parameters:,}", f"parameters: {model.parameters:,}"))
    console.echo(say(f"上下文：{model.context} 词元", f"context: {model.context} tokens"))
    for file in model.files:
        console.echo(f"  {file.name:18} {_megabytes(file.size):>9}  {file.sha256}")
    return 0


@app.command("verify", cls=Command, help=VERIFY)
def verify(name: tools.OptionalModelName = None) -> int:
    """Prints a line for each model that is intact; ends at the first that is not."""
    from ..app.models import verified_models

    for model in verified_models(name):
        count = len(model.files)
        console.echo(say(f"{model.name}：{count} 个文件完好", f"{model.name}: {count} files are intact"))
    return 0


@app.command("path", cls=Command, help=PATH)
def path(name: tools.ModelName) -> int:
    """Prints the path."""
    from ..app.models import model_folder_named

    console.echo(str(model_folder_named(name).path))
    return 0


@app.command("bench", cls=Command, help=BENCH)
def bench(
    context: typer.Context,
    name: tools.BenchModelName = "briefing-zh",
    count: tools.Count = "32",
    jobs: options.Jobs = None,
    as_json: options.Json = False,
) -> int:
    """Prints time and memory."""
    from ..app.models import time_model

    settings = options.chosen_settings(context, None)
    figures = time_model(name, whole_number(count, "--count ", 1), settings.jobs)
    if as_json:
        console.print_json(figures)
        return 0
    console.echo(
        say(
            f"{name}：{figures['articles']} 篇，每篇 {figures['characters']:.0f} 字；"
            f"载入 {figures['load_s']:.2f} 秒；每篇 {figures['seconds']:.2f} 秒；"
            f"内存峰值 {figures['peak_mb']:.0f} MB",
            f"{name}: {figures['articles']} articles of {figures['characters']:.0f} characters; "
            f"loading {figures['load_s']:.2f} s; {figures['seconds']:.2f} s an article; "
            f"peak memory {figures['peak_mb']:.0f} MB",
        )
    )
    return 0
