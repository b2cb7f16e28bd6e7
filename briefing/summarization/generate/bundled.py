"""The bundled model: a small causal language model on CTranslate2, with its own sentencepiece
vocabulary.

Knows the prompt (prompt.py) and the engine. Its drafts are verified elsewhere (guarded.py); a draft
with too many new bigrams is marked as unsure.

One article a call: of a batch of unequal prompts, CTranslate2 forwards only the shortest length at
once and the rest token by token. Parallel articles run on the generator's own workers, which share
the weights. No beams: each costs a prompt's memory and time again (4 beams: 3.2 times the time, 580
MB), so further drafts are requested at other lengths.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from ...errors import ModelError
from ...messages import Message
from ...text.novelty import novelty
from ...types import Article
from ..extract.truncation import truncate
from . import prompt
from .chunking import map_reduce
from .model_folder import ModelFolder, open_model_folder
from .writer import Draft

BOS, EOS = "<bos>", "<eos>"
ROOM = 0.9
"""Tokens reserved per character of the answer; measured 0.72 on the training references."""
CHUNK_CONTEXTS = 3
"""Articles up to this many contexts are truncated; longer ones are chunked first."""
DOUBT = 0.1
"""The share of new bigrams above which this model's summary is more often garbled than well put.

Extracts instead raise ROUGE-L from 47.1 to 48.3 on 40 references held out from training, and from
47.5 to 48.5 on the benchmark's 80; the median of summaries by people is 0.13.
"""

KEPT = 4
"""Answers cached per worker: the first draft is requested again as one of several."""
HEAD = 100
"""Maximum characters of a headline in the prompt; no proper headline is longer."""
FUNCTION = (
    "的了在和与对将为向是被把从等说称及或也都就又还并而且但以于至到其该此这那有无不未没已正会能可要应须让使由按据近约超逾达共各每均仅只再更最"
    "个名项条件次日月年时分秒元万亿千百十％%，。、；：“”《》（）—·"
)
"""Characters that bound drafts may use even if the article lacks them."""


class BundledWriter:
    """The Writer of a bundled model; processes `workers` articles in parallel, on `threads`
    each.
    """

    def __init__(self, folder: Path, *, workers: int = 1, threads: int = 1) -> None:
        """Loads the model: about a second and 350 MB of memory. Raises ModelError."""
        card = open_model_folder(folder)
        files = card.read()
        self._card = card
        self._tokenizer = _load_tokenizer(files.pop("tokenizer.model", b""), card)
        self._generator = _load_generator(files, card, workers, threads)
        self._answer = lru_cache(maxsize=KEPT * workers)(self._write_draft)

    @property
    def name(self) -> str:
        """The model's name."""
        return self._card.name

    def drafts(self, article: Article, length: int, count: int, *, bound: bool = False) -> list[Draft]:
        """Up to `count` different drafts, each the likeliest at its own length: `length`, then 10
        less each.

        An article longer than the context is truncated; one longer than CHUNK_CONTEXTS is chunked
        and its chunks' summaries summarized again.
        """

        def fits(text: str, contexts: int) -> bool:
            asked = prompt.question(article.headline[:HEAD], text, length)
            room = contexts * self._card.context
            return len(asked) <= 4 * room and len(self._tokenizer.encode(asked)) <= room

        def write(part: Article, several: int) -> list[Draft]:
            return self._write_lengths(
                truncate(part, lambda text: fits(text, 1)), length, several, bound=bound
            )

        return map_reduce(article, length, count, lambda text: fits(text, CHUNK_CONTEXTS), write)

    def _write_lengths(self, article: Article, length: int, count: int, *, bound: bool) -> list[Draft]:
        drafts: dict[Draft, None] = {}
        for less in range(0, max(count, 1) * prompt.STEP, prompt.STEP):
            limit = length - less
            if less and limit < prompt.SHORTEST:
                break
            asked = prompt.question(article.headline[:HEAD], article.text, limit)
            drafts[self._answer(asked, int((length + 40) * ROOM) + 20, bound)] = None
        return list(drafts)

    def _write_draft(self, asked: str, longest: int, bound: bool) -> Draft:
        """The likeliest answer (greedy search) of at most `longest` tokens."""
        pieces = self._tokenizer.encode(asked, out_type=str)
        results = self._generator.generate_batch(
            [[BOS, *pieces]],
            max_length=longest,
            include_prompt_in_result=False,
            end_token=EOS,
            suppress_sequences=self._suppressed_tokens(pieces) if bound else None,
        )
        gist, summary = prompt.parse(self._tokenizer.decode(results[0].sequences_ids[0]))
        return Draft(gist, summary, sure=novelty(summary, asked) <= DOUBT)

    def _suppressed_tokens(self, pieces: Sequence[str]) -> list[list[str]]:
        """The tokens that are neither in the prompt, nor part of it, nor function words."""
        letters = set("".join(pieces)) | set(FUNCTION) | set(prompt.SUMMARY) | set("▁\n0123456789")
        text = "".join(pieces)
        allowed = {EOS, *pieces}
        every = (self._tokenizer.id_to_piece(i) for i in range(len(self._tokenizer)))
        return [[p] for p in every if p not in allowed and not (p in text or (len(p) == 1 and p in letters))]


def _load_tokenizer(data: bytes, card: ModelFolder) -> Any:
    from sentencepiece import SentencePieceProcessor

    try:
        tokenizer = SentencePieceProcessor(model_proto=data)
        tokenizer.encode("")  # fails for an empty file, which the constructor accepts
    except RuntimeError as error:
        raise ModelError(
            Message(
                f"模型 {card.name} 的 tokenizer.model 缺失或损坏",
                f"the tokenizer.model of {card.name} is missing or damaged",
            ),
            Message("请运行 briefing models verify", "run briefing models verify"),
        ) from error
    return tokenizer


def _load_generator(files: dict[str, bytes], card: ModelFolder, workers: int, threads: int) -> Any:
    import ctranslate2

    try:
        return ctranslate2.Generator(
            card.name, files=files, inter_threads=workers, intra_threads=threads, compute_type="int8_float32"
        )
    except (RuntimeError, ValueError) as error:
        raise ModelError(
            Message(
                f"模型 {card.name} 无法载入：{error}", f"the model {card.name} cannot be loaded: {error}"
            ),
            Message("请运行 briefing models verify", "run briefing models verify"),
        ) from error
