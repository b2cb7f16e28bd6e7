"""python -m briefing.training: retrains the bundled model, step by step.

    clauses     the trees behind `extract`                           briefing/summarization/extract/
    pack        the base cut to Chinese, and what is learned from it      work/network/
    statements  what the judge learns from                                work/network/
    network     the upper layers, tuned: minutes on a GPU                 work/network/
    export      the network as graphs for onnxruntime, with model.toml    models/briefing-zh/
    judge       the judge's adapter, over the network as it ships         models/briefing-zh/

To evaluate: `briefing eval CASES.jsonl --model FOLDER`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ..resources import models_dir

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False, help=__doc__)
Work = Annotated[Path, typer.Option(help="Folder for intermediate files; not to be committed.")]
Data = Annotated[Path, typer.Option(help="Folder of the news: news-train.jsonl.gz, articles-web.jsonl.xz …")]


@app.command()
def clauses(
    data: Data = Path("../shared/data"),
    path: Annotated[Path | None, typer.Option(help="Output; the package's own file by default.")] = None,
    aside: Annotated[int, typer.Option(help="References held out for evaluation.")] = 250,
) -> None:
    """Fits the trees that predict which clauses a summary keeps."""
    from ..summarization.extract import clause_scores
    from . import clause_trees, corpus

    target = path or Path(clause_scores.__file__).parent / clause_scores.FILE
    count = clause_trees.fit(corpus.for_selection(data, aside)[0], target)
    typer.echo(f"{count} clauses", err=True)


@app.command()
def pack(
    work: Work = Path("work"),
    data: Data = Path("../shared/data"),
    aside: Annotated[int, typer.Option(help="References and articles that are kept aside.")] = 250,
    general: Annotated[int, typer.Option(help="Articles without texts by hand.")] = 16000,
) -> None:
    """Prepares the base, cut to Chinese, and packs what is learned from."""
    from . import corpus, network_data, qwen
    from .token_labels import load_tokenizer

    folder = work / "network"
    texts = (
        f"{row['title']}\n{row['text']}"
        for name in corpus.NEWS + corpus.WEB
        for row in corpus.rows(data / name)
    )
    qwen.prepare(folder, texts)
    tokenizer, _, _ = load_tokenizer(folder)
    made = network_data.rows(data, tokenizer, aside, general)
    typer.echo(network_data.pack(made, folder / "pack.npz"), err=True)


@app.command()
def statements(
    work: Work = Path("work"),
    data: Data = Path("../shared/data"),
    folder: Annotated[Path | None, typer.Option(help="The model; models/briefing-zh by default.")] = None,
    aside: Annotated[int, typer.Option(help="References and articles that are kept aside.")] = 250,
) -> None:
    """Packs the sentences that the judge learns from, with their articles."""
    from ..summarization.network.graphs import TOKENIZER, open_tokenizer
    from . import network_data

    tokenizer = open_tokenizer((folder or models_dir() / "briefing-zh") / TOKENIZER)
    (work / "network").mkdir(parents=True, exist_ok=True)
    made = network_data.judged_rows(data, tokenizer, aside)
    typer.echo(network_data.pack(made, work / "network" / "judged.npz"), err=True)


@app.command()
def network(
    work: Work = Path("work"),
    seconds: Annotated[float, typer.Option(help="Seconds to train.")] = 150.0,
    batch: Annotated[int, typer.Option(help="Tokens of a batch.")] = 32768,
    device: Annotated[str, typer.Option(help="cuda, or cpu for a trial.")] = "cuda",
) -> None:
    """Tunes the upper layers on what was packed."""
    from safetensors.torch import save_file

    from . import network as networks
    from . import network_data, network_training, qwen
    from .token_labels import load_tokenizer

    folder = work / "network"
    _, places, kept = load_tokenizer(folder)
    pieces = [kept[place] for place in places]
    base, model = networks.opened(qwen.weights(folder / "base.gguf"), pieces, device)
    rows, _ = network_data.unpacked(folder / "pack.npz")
    plan = network_training.Plan(seconds=seconds, batch=batch)
    network_training.train(model, base, rows, plan, folder / "measured.json")
    save_file(networks.saved(model), str(folder / "upper.safetensors"))


@app.command()
def export(
    work: Work = Path("work"),
    folder: Annotated[Path | None, typer.Option(help="Output; models/briefing-zh by default.")] = None,
    version: str = "4",
    limit: Annotated[float, typer.Option(help="The judge's logit from which a sentence is false.")] = 3.5,
    scale: Annotated[float, typer.Option(help="What makes log odds of the judge's logits.")] = 0.383,
) -> None:
    """Writes the layers as graphs in 4 bits, with model.toml."""
    from safetensors.torch import load_file

    from . import export as writing
    from . import network as networks
    from . import qwen
    from .adapter import Adapter
    from .token_labels import load_tokenizer

    source, target = work / "network", folder or models_dir() / "briefing-zh"
    _, places, kept = load_tokenizer(source)
    weights, pieces = qwen.weights(source / "base.gguf"), [kept[place] for place in places]
    parameters = writing.lower(target, weights, pieces, source / "tokenizer.model")
    model = networks.restored(load_file(source / "upper.safetensors"))
    parameters += writing.upper(target, model)
    adapter = Adapter(model, rank=0)
    networks.calibrated(adapter.check, limit, scale)
    parameters += writing.judge(target, adapter)
    writing.card(target, version=version, parameters=parameters)


@app.command()
def judge(
    work: Work = Path("work"),
    folder: Annotated[Path | None, typer.Option(help="The model; models/briefing-zh by default.")] = None,
    version: str = "5",
    size: Annotated[int, typer.Option(help="Tokens of articles in a group.")] = 14000,
    made: Annotated[int, typer.Option(help="Sentences made by rule of each article.")] = 7,
    limit: Annotated[float, typer.Option(help="The judge's logit from which a sentence is false.")] = 2.0,
    scale: Annotated[float, typer.Option(help="What makes log odds of the judge's logits.")] = 0.9,
    device: Annotated[str, typer.Option(help="cuda, or cpu for a trial.")] = "cuda",
) -> None:
    """Trains the judge's adapter on what was packed, and writes it into the model's folder."""
    import torch

    from . import adapter as adapters
    from . import adapter_training, network_data
    from . import export as writing
    from . import network as networks

    target = folder or models_dir() / "briefing-zh"
    base, model = adapters.shipped(target, device, torch.float32 if device == "cpu" else torch.bfloat16)
    rows, _ = network_data.unpacked(work / "network" / "judged.npz")
    learned, held = (
        list(adapter_training.grouped(model, base, [row for row in rows if row.part_of == which], size, most))
        for which, most in ((network_data.LEARNED, made), (network_data.HELD, 99))
    )
    adapter = adapter_training.train(model, learned, held, adapter_training.Plan()).cpu()
    networks.calibrated(adapter.check, limit, scale)
    parameters = base.table.numel() + writing.judge(target, adapter)
    parts: tuple[Any, ...] = (*base.layers, model)
    for part in parts:
        parameters += sum(value.numel() for value in part.parameters())
    writing.card(target, version=version, parameters=parameters)


if __name__ == "__main__":
    app()
