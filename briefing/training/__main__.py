"""python -m briefing.training: retrains the bundled model, step by step; an interrupted step
resumes.

    base        the base's weights and tokenizer cut to Chinese          work/base/
    prepare     news and references as packed token ids                  work/news.npz, references.npz
    train       first on news, then on references and some news      work/news/, work/references/
    clauses     the trees behind `extract`                               briefing/summarization/extract/
    selector    tuned layers that score the tokens of a summary               work/selector/
    export      the result for CTranslate2, with model.toml              models/briefing-zh/

To evaluate: `briefing eval CASES.jsonl --model FOLDER`.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from ..resources import models_dir
from .prepare import Packed
from .train import Plan

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False, help=__doc__)
Work = Annotated[Path, typer.Option(help="Folder for intermediate files; not to be committed.")]
Data = Annotated[Path, typer.Option(help="Folder of the news: news-train.jsonl.gz, articles-web.jsonl.xz …")]
OWN = Path(__file__).parent / "references"
WEB_ENOUGH = 10
"""Minimum count of a token in the wider texts; 5,300 rarer ones, mostly Latin, are dropped."""
NEWS = Plan(rate=1.2e-4, final=0.3, average=0.95)
REFERENCES = Plan(rate=9e-5, final=0.02, average=0.9, seed=3)
LONGEST = 700
"""Maximum tokens of an example."""
CONTEXT = 395
"""Maximum tokens of a prompt: with the answer, it stays within the base's sliding window of 512.

Beyond the window, CTranslate2 4.8 differs from the checkpoint (docs/log.md).
"""


@app.command()
def base(work: Work = Path("work"), data: Data = Path("../shared/data")) -> None:
    """Cuts the base to the vocabulary that Chinese news needs."""
    import sentencepiece

    from . import base as gemma
    from . import corpus, vocabulary

    gguf = gemma.assemble(work)
    whole = gemma.vocabulary(gguf)
    tokenizer = sentencepiece.SentencePieceProcessor(model_proto=vocabulary.sentencepiece_model(whole))
    counts, wide = Counter[int](), Counter[int]()
    for names, counter in (((*corpus.NEWS, *corpus.BRIEFS, *corpus.DEV), counts), (corpus.WIDE, wide)):
        for name in names:
            for row in corpus.rows(data / name):
                counter.update(tokenizer.encode(f"{row['title']}\n{row['text']}"))
    counts.update({token: count for token, count in wide.items() if count >= WEB_ENOUGH})
    ids = vocabulary.cut(whole, counts)
    folder = work / "base"
    gemma.cut(gemma.model(gguf), ids).save_pretrained(folder)
    (folder / "tokenizer.model").write_bytes(vocabulary.sentencepiece_model(whole.keep(ids)))
    (folder / "kept.json").write_text(json.dumps(ids), encoding="utf-8")
    typer.echo(f"{len(ids)} of {len(whole)} tokens kept", err=True)


@app.command()
def prepare(
    work: Work = Path("work"),
    data: Data = Path("../shared/data"),
    count: Annotated[int, typer.Option(help="News examples.")] = 8700,
    seed: int = 1,
) -> None:
    """Packs the examples."""
    from sentencepiece import SentencePieceProcessor

    from . import corpus
    from . import prepare as examples

    tokenizer = SentencePieceProcessor(model_file=str(work / "base/tokenizer.model"))
    news = examples.pack(examples.news(data, count=count, seed=seed), tokenizer, LONGEST)
    hand = examples.pack(
        examples.references(corpus.references(data, OWN), tokenizer, seed=seed, context=CONTEXT),
        tokenizer,
        LONGEST,
    )
    for name, packed in (("news", news), ("references", examples.mixed(hand, news, seed=seed))):
        packed.save(work / f"{name}.npz")
        typer.echo(f"{name}: {len(packed)} examples, {len(packed.ids)} tokens", err=True)


@app.command()
def train(
    work: Work = Path("work"),
    device: Annotated[str | None, typer.Option(help="cuda or cpu; cuda by default if available.")] = None,
    steps: Annotated[
        int | None, typer.Option(help="Stop each stage after so many steps, for a test.")
    ] = None,
) -> None:
    """Trains on the news, then on the references."""
    from transformers import Gemma3ForCausalLM

    from .train import train as run

    for name, before, plan in (("news", "base", NEWS), ("references", "news", REFERENCES)):
        if (work / name / "model.safetensors").exists():
            continue
        model = Gemma3ForCausalLM.from_pretrained(work / before, attn_implementation="eager")
        run(model, Packed.load(work / f"{name}.npz"), plan, work / name, device=device, steps=steps)


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
def export(
    work: Work = Path("work"),
    folder: Annotated[Path | None, typer.Option(help="Output; models/briefing-zh by default.")] = None,
    version: str = "1",
    onto: Annotated[bool, typer.Option(help="Write only the deltas to the pieces in the folder.")] = False,
) -> None:
    """Converts the trained checkpoint and writes model.toml."""
    from . import export as convert

    target = folder or models_dir() / "briefing-zh"
    convert.export(work / "references", work / "base/tokenizer.model", target, onto=target if onto else None)
    convert.card(target, version=version, parameters=convert.parameters(work / "references"), context=CONTEXT)


if __name__ == "__main__":
    app()
