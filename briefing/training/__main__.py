"""python -m briefing.training: retrains the bundled model, step by step; an interrupted step
resumes.

    clauses     the trees behind `extract`                           briefing/summarization/extract/
    selector    the base cut to Chinese, and layers tuned on it      work/selector/
    checker     layers that say whether a sentence is supported      work/selector/
    export      selector and base as graphs for onnxruntime, with model.toml      models/briefing-zh/

To evaluate: `briefing eval CASES.jsonl --model FOLDER`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

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
def selector(
    work: Work = Path("work"),
    data: Data = Path("../shared/data"),
    aside: Annotated[int, typer.Option(help="References that are kept aside, to measure on.")] = 250,
    passes: Annotated[float, typer.Option(help="Passes over the articles.")] = 2.0,
) -> None:
    """Tunes layers of the next base that score which tokens a summary keeps; resumes a stopped
    run.
    """
    from . import corpus, qwen
    from . import selector as tuned
    from . import selector_data as made

    folder = work / "selector"
    texts = (
        f"{row['title']}\n{row['text']}"
        for name in corpus.NEWS + corpus.WEB
        for row in corpus.rows(data / name)
    )
    qwen.prepare(folder, texts)
    tokenizer, places, kept = made.load_tokenizer(folder)
    learned, held = (
        [made.tokens(reference, tokenizer, places) for reference in part]
        for part in corpus.for_selection(data, aside)
    )
    weights = qwen.weights(folder / "base.gguf")
    states = made.States(folder, [*learned, *held], weights["blk.0.attn_norm.weight"].shape[0])
    made.compute(states, [*learned, *held], weights, kept)
    tuned.train(learned, held, states, weights, tuned.Plan(passes=passes), folder / "selector.pt")


@app.command()
def checker(
    work: Work = Path("work"),
    data: Data = Path("../shared/data"),
    aside: Annotated[int, typer.Option(help="Articles that are kept aside, to measure on.")] = 250,
    passes: Annotated[float, typer.Option(help="Passes over the sentences.")] = 1.0,
) -> None:
    """Tunes layers that say whether an article supports a sentence; resumes a stopped run, then
    measures.
    """
    from . import checker as tuned
    from . import qwen
    from .checker_data import judged
    from .selector import Plan
    from .selector_data import load_tokenizer

    folder = work / "selector"
    learned, held = judged(data, aside)
    tokenizer, places, kept = load_tokenizer(folder)
    weights = qwen.weights(folder / "base.gguf")
    base = tuned.Base.of(weights, tokenizer, places, kept)
    plan = Plan(passes=passes, layers=4, rate=1e-4, warmup=20)
    model = tuned.train(learned, base, weights, plan, folder / "checker.pt")
    limit, found, kinds = tuned.measure(model, base, held)
    (folder / "checker.json").write_text(json.dumps({"limit": limit, "found": found, "kinds": kinds}))
    typer.echo(f"{found:.1%} {kinds}", err=True)


@app.command()
def export(
    work: Work = Path("work"),
    folder: Annotated[Path | None, typer.Option(help="Output; models/briefing-zh by default.")] = None,
    version: str = "3",
) -> None:
    """Writes the layers as graphs in 4 bits, with model.toml."""
    import torch

    from ..summarization.network import selector
    from . import export as writing
    from . import qwen
    from .selector import Selector, restored
    from .selector_data import load_tokenizer

    source, target = work / "selector", folder or models_dir() / "briefing-zh"
    _, places, kept = load_tokenizer(source)
    weights, pieces = qwen.weights(source / "base.gguf"), [kept[place] for place in places]

    saved = torch.load(source / "selector.pt", weights_only=True)["model"]
    parameters = writing.lower(target, weights, pieces, source / "tokenizer.model")
    parameters += writing.upper(target, selector.UPPER, restored(Selector, saved))
    writing.card(target, version=version, parameters=parameters)


if __name__ == "__main__":
    app()
