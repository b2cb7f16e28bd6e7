"""The Writer of a converted CTranslate2 folder: model.bin, config.json and a tokenizer.

Knows from the header of model.bin whether it is an encoder-decoder or a decoder, and its context;
reads a sentencepiece file, or a tokenizer.json with transformers. The folder does not say how to
prompt the model: one with a chat template gets the prompt of `chat_prompt`, an encoder-decoder the
bare text, any other a text to continue.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ...errors import ModelError
from ...messages import Message
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
from .checkpoint import special_tokens
from .chunking import map_reduce
from .folder_files import check_files, open_checked, read_checked
from .weights_header import model_header
from .writer import Draft

BEAMS = 4
"""Minimum beams of an encoder-decoder model."""
LABELS = 24
"""Tokens for 要点：, 摘要： and other decoration of an answer."""
_PIECES = ("tokenizer.model", "spiece.model", "sentencepiece.model", "source.spm", "sentencepiece.bpe.model")


class CTranslateWriter:
    """The Writer of one CTranslate2 folder, loaded for the first article."""

    def __init__(self, path: str | Path, *, threads: int | None = None) -> None:
        """Takes the path and the threads to run on (all cores, at most 4); loads nothing yet.

        Raises ModelError for a folder with unsafe files.
        """
        self._path = Path(path).expanduser()
        if self._path.is_dir():
            check_files(self._path)
        self._threads = threads or min(4, os.cpu_count() or 1)
        self._engine: _Engine | None = None

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self._path.resolve().name

    def drafts(self, article: Article, length: int, count: int, *, bound: bool = False) -> list[Draft]:
        """Up to `count` different drafts, likeliest first; none if `bound`; raises ModelError."""
        if bound or count < 1 or length < 1 or not article.text.strip():
            return []
        engine = self._engine = self._engine or _load_engine(self._path, self._threads)
        cleaned = replace(article, paragraphs=tuple(engine.clean(text) for text in article.paragraphs))
        cleaned = replace(cleaned, headline=engine.clean(article.headline))
        room = engine.room(cleaned.text, length)

        def fits(text: str) -> bool:
            asked = engine.prompt(replace(cleaned, paragraphs=(text,)), length)
            return len(asked) + (0 if engine.seq2seq else room) <= engine.context

        def write(text: Article, number: int) -> list[Draft]:
            return distinct_drafts(engine.write(text, length, number, room))

        return map_reduce(cleaned, length, count, fits, write)


@dataclass(frozen=True, slots=True)
class _Engine:
    """A loaded folder: a Translator or a Generator, and the tokenizer."""

    model: Any
    tokenizer: _SentencepieceTokenizer | _JsonTokenizer
    seq2seq: bool
    context: int

    @property
    def chats(self) -> bool:
        return not self.seq2seq and self.tokenizer.chats

    def clean(self, text: str) -> str:
        """The text without the model's special tokens."""
        for token in self.tokenizer.special:
            text = text.replace(token, " ") if len(token) > 2 else text
        return text

    def room(self, text: str, length: int) -> int:
        """The tokens reserved for an answer, at the article's own rate of tokens per character."""
        rate = len(self.tokenizer.encode(text, bare=True)) / max(1, len(text))
        wanted = length + GIST + LABELS if self.chats else length
        return max(8, min(round(wanted * rate * 1.1) + 8, self.context // 2))

    def prompt(self, article: Article, length: int) -> list[str]:
        """The prompt in tokens."""
        if self.chats:
            return self.tokenizer.turn(question(article, length))
        return self.tokenizer.encode(article.text if self.seq2seq else opening(article, length))

    def write(self, article: Article, length: int, count: int, room: int) -> list[Draft]:
        """The drafts for an article that fits, likeliest first."""
        prompt = self.prompt(article, length)
        options: dict[str, Any] = {"num_hypotheses": count}
        try:
            if self.seq2seq:
                # max_input_length=0: otherwise CTranslate2 silently truncates after 1024 tokens.
                options |= {
                    "beam_size": max(BEAMS, count),
                    "max_decoding_length": room,
                    "max_input_length": 0,
                }
                answers = self.model.translate_batch([prompt], **options)[0].hypotheses
            else:
                options |= {"beam_size": count, "max_length": room, "include_prompt_in_result": False}
                answers = self.model.generate_batch([prompt], **options)[0].sequences
        except (RuntimeError, ValueError) as error:
            raise _damage_error("model.bin", error) from error
        return [self._draft(answer, length, whole=len(answer) < room) for answer in answers]

    def _draft(self, answer: Sequence[str], length: int, *, whole: bool) -> Draft:
        answer_text = self.tokenizer.decode(answer)
        unlabelled = Draft("", unspaced(answer_text)) if self.seq2seq else parse_continuation(answer_text)
        draft = parse_answer(answer_text) if self.chats else unlabelled
        return Draft(draft.gist, fit_sentences(draft.summary, length, whole=whole))


class _SentencepieceTokenizer:
    """A sentencepiece tokenizer; `before` and `after` are the special tokens around a text."""

    chats = False

    def __init__(self, file: Path, before: Sequence[str], after: Sequence[str]) -> None:
        try:
            from sentencepiece import SentencePieceProcessor
        except ImportError as error:
            raise _missing_library("sentencepiece") from error
        try:
            self._pieces: Any = SentencePieceProcessor(model_proto=file.read_bytes())
            self._pieces.encode("")  # fails for an empty file, which the constructor accepts
        except (OSError, RuntimeError) as error:
            raise _damage_error(file.name, error) from error
        self._before, self._after = list(before), list(after)
        self.special: list[str] = []  # sentencepiece never parses control tokens in a text

    def encode(self, text: str, *, bare: bool = False) -> list[str]:
        """The text in pieces."""
        pieces: list[str] = self._pieces.encode(text, out_type=str)
        return pieces if bare else [*self._before, *pieces, *self._after]

    def turn(self, asked: str) -> list[str]:
        """A question in pieces; there is no chat template."""
        return self.encode(asked)

    def decode(self, pieces: Sequence[str]) -> str:
        """The text of the pieces, without control tokens."""
        ids = [self._pieces.piece_to_id(piece) for piece in pieces]
        known = [i for i in ids if not (self._pieces.is_control(i) or self._pieces.is_unknown(i))]
        return str(self._pieces.decode(known))


class _JsonTokenizer:
    """The tokenizer of a tokenizer.json, which adds its special tokens itself."""

    def __init__(self, folder: Path) -> None:
        try:
            from transformers import PreTrainedTokenizerFast
        except ImportError as error:
            raise _missing_library("transformers") from error
        try:
            self._fast: Any = PreTrainedTokenizerFast.from_pretrained(str(folder), local_files_only=True)
        except Exception as error:  # tokenizers raises bare Exceptions for a damaged file
            raise _damage_error("tokenizer.json", error) from error
        self.special: list[str] = special_tokens(self._fast)
        self.chats = bool(self._fast.chat_template)

    def encode(self, text: str, *, bare: bool = False) -> list[str]:
        """The text in tokens."""
        ids = self._fast(text, add_special_tokens=not bare)["input_ids"]
        return list(self._fast.convert_ids_to_tokens(ids))

    def turn(self, asked: str) -> list[str]:
        """A question in the model's chat template, in tokens."""
        turn = [{"role": "user", "content": asked}]
        text = self._fast.apply_chat_template(
            turn, tokenize=False, add_generation_prompt=True, enable_thinking=False
        )
        return self.encode(text, bare=True)

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of the tokens, without special tokens."""
        ids = self._fast.convert_tokens_to_ids(list(tokens))
        return str(self._fast.decode(ids, skip_special_tokens=True))


def _load_engine(folder: Path, threads: int) -> _Engine:
    """The folder's model and tokenizer; raises ModelError."""
    try:
        import ctranslate2
    except ImportError as error:
        raise _missing_library("ctranslate2") from error
    try:
        config = json.loads(read_checked(folder, "config.json"))
        if not isinstance(config, dict):
            raise ValueError("config.json is not an object")
        weights = open_checked(folder, "model.bin")
        with weights.open("rb") as file:
            kind, positions = model_header(file, weights.stat().st_size)
        seq2seq = "Decoder" not in kind
        maker = ctranslate2.Translator if seq2seq else ctranslate2.Generator
        model = maker(str(folder), device="cpu", intra_threads=threads)
    except (OSError, ValueError, RuntimeError, MemoryError, struct.error) as error:
        raise _damage_error(folder.name, error) from error
    return _Engine(model, _load_tokenizer(folder, config, seq2seq=seq2seq), seq2seq, positions)


def _load_tokenizer(
    folder: Path, config: dict[str, Any], *, seq2seq: bool
) -> _SentencepieceTokenizer | _JsonTokenizer:
    """The folder's tokenizer: tokenizer.json if there is one, unless the model is an
    encoder-decoder with a sentencepiece file; else the sentencepiece file.
    """
    named = [folder / name for name in _PIECES if (folder / name).is_file()]
    pieces = named or sorted(folder.glob("*.model"))
    if (folder / "tokenizer.json").is_file() and not (pieces and seq2seq):
        return _JsonTokenizer(folder)
    if not pieces:
        raise ModelError(
            Message(f"模型 {folder.name} 没有分词器", f"the model {folder.name} has no tokenizer"),
            Message(
                "请把原模型的 spiece.model 或 tokenizer.json 放进文件夹（转换时加 --copy_files）",
                "put the original's spiece.model or tokenizer.json "
                "into the folder (--copy_files when converting)",
            ),
        )
    if not seq2seq:
        return _SentencepieceTokenizer(
            pieces[0], [config["bos_token"]] if config.get("bos_token") else [], []
        )
    # Marian and OpenNMT: the engine adds the end token (config.json); T5 and others need it in the text.
    ends = not config.get("add_source_eos") and config.get("eos_token")
    return _SentencepieceTokenizer(pieces[0], [], [config["eos_token"]] if ends else [])


def _missing_library(library: str) -> ModelError:
    return ModelError(
        Message(f"缺少 {library}", f"{library} is not installed"),
        Message(
            "请运行：pip install 'briefing[transformers]' ctranslate2 sentencepiece",
            "run: pip install 'briefing[transformers]' ctranslate2 sentencepiece",
        ),
    )


def _damage_error(name: str, error: Exception) -> ModelError:
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
    return ModelError(
        Message(
            f"CTranslate2 模型 {name} 不能用：{reason}",
            f"the CTranslate2 model {name} cannot be used: {reason}",
        ),
        Message("请检查文件是否完整，或重新转换", "check that the files are complete, or convert it again"),
    )
