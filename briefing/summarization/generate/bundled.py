"""The shipped model: a small causal language model on CTranslate2, with its own sentencepiece
vocabulary.

Knows how the model is asked (prompt.py) and how its engine is driven; what it writes is checked
elsewhere (guarded.py); where it strays far from the words of the text, it says itself that it is
not sure. One article a call: CTranslate2 forwards only the shortest prompt of an unequal batch at
once and the rest token by token. Several articles run side by side on the generator's own workers
instead, which share the weights. No beams: each takes a prompt's memory and time again (4 beams 3.2
times the time and 580 MB), so other proposals are asked for by other lengths.
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
"""Tokens that a character of the answer may need; measured 0.72 on the training references."""
CHUNK_CONTEXTS = 3
"""Contexts of text from which the best sentences are taken at once; what is longer is cut into
parts first."""
DOUBT = 0.1
"""The share of character pairs new to the text from which on a summary of this model is more often
garbled than well put.

Extracts in place of those raise ROUGE-L from 47.1 to 48.3 on 40 references kept from training, and
from 47.5 to 48.5 on the 80 of the benchmark; people's summaries have 0.13 in the median.
"""

KEPT = 4
"""Answers that are kept for each worker: the first proposal is asked for again among several."""
HEAD = 100
"""Characters of a headline that the model is shown; no headline proper is longer."""
FUNCTION = (
    "的了在和与对将为向是被把从等说称及或也都就又还并而且但以于至到其该此这那有无不未没已正会能可要应须让使由按据近约超逾达共各每均仅只再更最"
    "个名项条件次日月年时分秒元万亿千百十％%，。、；：“”《》（）—·"
)
"""Characters that bound writing may use although the article lacks them."""


class BundledWriter:
    """A Writer on the model in `folder`; `workers` articles at a time, `threads` each. Raises
    ModelError."""

    def __init__(self, folder: Path, *, workers: int = 1, threads: int = 1) -> None:
        """Loads the model: about a second, and some 350 MB of memory."""
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
        """Up to `count` different proposals, each the likeliest for a length of its own: `length`,
        then 10 less each.

        An article that is longer than the context is read without its least telling sentences; one
        of more than PARTS contexts by parts, of which what was said is summarized again.
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
        found: dict[Draft, None] = {}
        for less in range(0, max(count, 1) * prompt.STEP, prompt.STEP):
            limit = length - less
            if less and limit < prompt.SHORTEST:
                break
            asked = prompt.question(article.headline[:HEAD], article.text, limit)
            found[self._answer(asked, int((length + 40) * ROOM) + 20, bound)] = None
        return list(found)

    def _write_draft(self, asked: str, longest: int, bound: bool) -> Draft:
        """The likeliest answer, of at most `longest` tokens."""
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
        """Every token that is neither in the article, nor a part of one that is, nor a function
        word."""
        letters = set("".join(pieces)) | set(FUNCTION) | set(prompt.SUMMARY) | set("▁\n0123456789")
        text = "".join(pieces)
        allowed = {EOS, *pieces}
        every = (self._tokenizer.id_to_piece(i) for i in range(len(self._tokenizer)))
        return [[p] for p in every if p not in allowed and not (p in text or (len(p) == 1 and p in letters))]


def _load_tokenizer(data: bytes, card: ModelFolder) -> Any:
    from sentencepiece import SentencePieceProcessor

    try:
        tokenizer = SentencePieceProcessor(model_proto=data)
        tokenizer.encode("")  # an empty file is only found out now
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
