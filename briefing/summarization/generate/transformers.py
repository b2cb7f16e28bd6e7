"""The Writer of a transformers checkpoint: encoder-decoder summarizers, chat models, base models.

Knows how to prompt each kind; long articles are chunked, not truncated; loading is in `checkpoint`.
Beam search without sampling, on the CPU, so the same article gives the same drafts.
Encoder-decoders write no gist. Does not bind the vocabulary to the article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...errors import ModelError
from ...types import Article
from .chat_prompt import (
    GIST,
    distinct_drafts,
    fit_sentences,
    opening,
    parse_answer,
    parse_continuation,
    question,
    unspaced,
)
from .checkpoint import LoadedCheckpoint, load_checkpoint
from .chunking import map_reduce
from .folder_files import check_files
from .writer import Draft

BEAMS = 4
"""Minimum beams of an encoder-decoder; other models have one per draft."""
LABELS = 24
"""Tokens for 要点：, 摘要： and other decoration of an answer."""


class TransformersWriter:
    """The Writer of one checkpoint, a folder or a hub name, loaded for the first article."""

    def __init__(self, address: str) -> None:
        """Takes the address; loads nothing yet. Raises ModelError for a folder with unsafe
        files.
        """
        self._address = address
        folder = Path(address).expanduser()
        if folder.is_dir():
            check_files(folder)
        self._loaded: LoadedCheckpoint | ModelError | None = None

    @property
    def name(self) -> str:
        """The folder's own name, or the hub name."""
        folder = Path(self._address).expanduser()
        return folder.resolve().name if folder.is_dir() else self._address

    def drafts(self, article: Article, length: int, count: int, *, bound: bool = False) -> list[Draft]:
        """Up to `count` different drafts, likeliest first; none if `bound`; raises ModelError."""
        if bound or count < 1 or length < 1 or not article.text.strip():
            return []
        loaded = self._load_once()
        cleaned = replace(
            article,
            headline=loaded.clean(article.headline),
            paragraphs=tuple(loaded.clean(text) for text in article.paragraphs),
        )
        room = _answer_room(loaded, cleaned.text, length)

        def fits(text: str) -> bool:
            asked = _prompt_tokens(loaded, replace(cleaned, paragraphs=(text,)), length)
            return len(asked) + (0 if loaded.seq2seq else room) <= loaded.context

        def write(text: Article, number: int) -> list[Draft]:
            return distinct_drafts(_write_drafts(loaded, text, length, number, room))

        return map_reduce(cleaned, length, count, fits, write)

    def _load_once(self) -> LoadedCheckpoint:
        """The checkpoint; a failure is cached too, since a failed request to the hub takes 20
        seconds.
        """
        if self._loaded is None:
            try:
                self._loaded = load_checkpoint(self._address)
            except ModelError as error:
                self._loaded = error
        if isinstance(self._loaded, ModelError):
            raise self._loaded
        return self._loaded


def _answer_room(loaded: LoadedCheckpoint, text: str, length: int) -> int:
    """The tokens reserved for an answer, at the article's own rate of tokens per character."""
    rate = len(loaded.tokenizer(text, add_special_tokens=False)["input_ids"]) / max(1, len(text))
    wanted = length if loaded.seq2seq or not loaded.chats else length + GIST + LABELS
    return max(8, min(round(wanted * rate * 1.1) + 8, loaded.context // 2))


def _prompt_tokens(loaded: LoadedCheckpoint, article: Article, length: int) -> list[int]:
    """The prompt in tokens."""
    if loaded.chats:
        turn = [{"role": "user", "content": question(article, length)}]
        # Turns off the reasoning of Qwen 3 and others; templates without this option ignore it.
        prompt = loaded.tokenizer.apply_chat_template(
            turn, tokenize=False, add_generation_prompt=True, enable_thinking=False
        )
        ids: list[int] = loaded.tokenizer(prompt, add_special_tokens=False)["input_ids"]
        return ids
    text = article.text if loaded.seq2seq else opening(article, length)
    tokens: list[int] = loaded.tokenizer(text)["input_ids"]
    return tokens


def _write_drafts(
    loaded: LoadedCheckpoint, article: Article, length: int, count: int, room: int
) -> list[Draft]:
    """The drafts for an article that fits, likeliest first."""
    import torch

    prompt = _prompt_tokens(loaded, article, length)
    beams = max(BEAMS, count) if loaded.seq2seq else count
    ids = torch.tensor([prompt])
    with torch.inference_mode():
        rows = loaded.model.generate(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            num_beams=beams,
            num_return_sequences=count,
            do_sample=False,
            max_new_tokens=room,
        )
    # An encoder-decoder repeats its start token, which in BART is also the end token.
    answers = rows[:, 1 if loaded.seq2seq else len(prompt) :].tolist()
    return [_parse_draft(loaded, answer, length, room) for answer in answers]


def _parse_draft(loaded: LoadedCheckpoint, answer: Sequence[int], length: int, room: int) -> Draft:
    """One row of tokens as a draft, without a last sentence that ran out of room.

    An end token at the last position may be forced, so it does not count.
    """
    end: Any = loaded.model.generation_config.eos_token_id
    ends = end if isinstance(end, list) else [end]
    whole = any(token in ends for token in answer[: room - 1])
    answer_text = loaded.tokenizer.decode(answer, skip_special_tokens=True)
    unlabelled = Draft("", unspaced(answer_text)) if loaded.seq2seq else parse_continuation(answer_text)
    draft = parse_answer(answer_text) if loaded.chats else unlabelled
    return Draft(draft.gist, fit_sentences(draft.summary, length, whole=whole))
