"""Loads and checks a transformers checkpoint: weights, tokenizer, context.

    LoadedCheckpoint   tokenizer, model and context, for TransformersWriter
    load_checkpoint    from a folder or hub name: cache before network, safetensors only, no remote code

Knows how loading fails silently: a tokenizer of four tokens, randomly initialized weights in place
of missing ones, pickled weights, encoders that cannot generate. Does not know how good a model is.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import ModelError
from ...messages import Message
from .checkpoint_sizes import check_numbers, check_parameters

EXTRA = Message("请运行：pip install 'briefing[transformers]'", "run: pip install 'briefing[transformers]'")
RELATIVE = 2048
"""Context in tokens of a model with relative positions (T5, mT5), trained on 512 to 1024."""
LONGEST = 8192
"""Maximum context in tokens, so that beams fit in memory."""
SAMPLE = "今天，中国北京一家公司说：人们的新生活开始了。"
"""A text that a tokenizer for Chinese must reproduce."""
_MARKS = ("bos_token_id", "eos_token_id", "pad_token_id", "decoder_start_token_id", "forced_bos_token_id")
_WAYS = ("forced_eos_token_id", "bad_words_ids", "suppress_tokens", "begin_suppress_tokens")
_PENALTIES = ("no_repeat_ngram_size", "length_penalty", "repetition_penalty")
_KEPT = _MARKS + _WAYS + _PENALTIES
_COMPUTED = ("final_logits_bias", "embed_positions")
"""Weights that old files omit and the model computes."""


@dataclass(frozen=True, slots=True)
class LoadedCheckpoint:
    """A checkpoint ready to generate; `context` is in tokens."""

    tokenizer: Any
    model: Any
    context: int

    @property
    def seq2seq(self) -> bool:
        """Whether it is an encoder-decoder model."""
        return bool(self.model.config.is_encoder_decoder)

    @property
    def chats(self) -> bool:
        """Whether it is a chat model: it has a chat template."""
        return not self.seq2seq and bool(getattr(self.tokenizer, "chat_template", None))

    def clean(self, text: str) -> str:
        """The text without the tokenizer's special tokens (<|im_end|>, </s>), which would end or
        forge a turn.
        """
        for token in special_tokens(self.tokenizer):
            text = text.replace(token, " ") if len(token) > 2 else text
        return text


def special_tokens(tokenizer: Any) -> list[str]:
    """The tokenizer's special tokens, including those marked only in its tokenizer.json."""
    added = (token.content for token in tokenizer.added_tokens_decoder.values() if token.special)
    return list(dict.fromkeys([*tokenizer.all_special_tokens, *added]))


def load_checkpoint(address: str) -> LoadedCheckpoint:
    """The checkpoint at `address`, a folder or a hub name, in 32-bit floats on the CPU; raises
    ModelError."""
    try:
        import torch
        import transformers
    except ImportError as error:
        missing = Message("缺少 torch 或 transformers", "torch or transformers is not installed")
        raise ModelError(missing, EXTRA) from error
    transformers.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    # Otherwise transformers sends a pickled checkpoint's name and the user's token to an online converter.
    os.environ.setdefault("DISABLE_SAFETENSORS_CONVERSION", "1")
    folder = Path(address).expanduser()
    if not folder.is_dir():
        _check_name(address)
    try:
        return _load_from(str(folder) if folder.is_dir() else address, torch.float32, here=True)
    except (OSError, ModelError) as error:
        if folder.is_dir():
            raise _load_error(error, address) from error
    except (
        Exception
    ) as error:  # for damaged files tokenizers raises bare ones, transformers nearly every kind
        raise _load_error(error, address) from error
    try:
        return _load_from(address, torch.float32, here=False)
    except Exception as error:  # as above
        raise _load_error(error, address) from error


def _load_from(address: str, dtype: Any, *, here: bool) -> LoadedCheckpoint:
    """As `load_checkpoint`; `here` means without the network. Raises whatever transformers
    raises.
    """
    import transformers as t

    options: dict[str, Any] = {"local_files_only": here, "trust_remote_code": False}
    config = t.AutoConfig.from_pretrained(address, **options)
    check_numbers(address, config)
    kinds = getattr(config, "architectures", None) or []
    if any(kind.endswith(("ForMaskedLM", "Classification", "ForQuestionAnswering")) for kind in kinds):
        raise ModelError(
            Message(f"{address} 不会写文章（{kinds[0]}）", f"{address} cannot write text ({kinds[0]})"),
            Message("请选用摘要模型或对话模型", "choose a summarization model or a chat model"),
        )
    tokenizer = _load_tokenizer(address, config, options)
    maker = t.AutoModelForSeq2SeqLM if config.is_encoder_decoder else t.AutoModelForCausalLM
    if Path(address).is_dir():
        check_parameters(Path(address), config, maker)
    model, info = maker.from_pretrained(
        address, dtype=dtype, use_safetensors=True, output_loading_info=True, **options
    )
    missing = sorted(key for key in info["missing_keys"] if not any(name in key for name in _COMPUTED))
    if missing:
        raise ModelError(
            Message(
                f"{address} 的权重不全或不属于这种结构，缺 {len(missing)} 项，例如 {missing[0]}",
                f"the weights of {address} are incomplete or of another "
                f"architecture: {len(missing)} missing, such as {missing[0]}",
            ),
            Message(
                "需要自带代码的模型（如 CPT）不能用；请换一个 transformers 自己就能读的模型",
                "models that bring their own code (CPT, for one) cannot "
                "be used; choose one that transformers itself knows",
            ),
        )
    model.generation_config = _generation_config(model, tokenizer)
    return LoadedCheckpoint(tokenizer, model.eval(), _context_tokens(config, tokenizer))


def _load_tokenizer(address: str, config: Any, options: dict[str, Any]) -> Any:
    """The checkpoint's tokenizer if it reproduces SAMPLE, else a BertTokenizer on its vocab.txt.

    transformers 5 silently makes an almost empty tokenizer if the files are not those of the model
    type: a Chinese BART or T5-PEGASUS has BERT's vocab.txt. So has Randeng-Pegasus, but it needs
    its own word segmentation.
    """
    import transformers as t

    makers = [t.AutoTokenizer] + ([] if config.model_type == "pegasus" else [t.BertTokenizer])
    failure: Exception | None = None
    for maker in makers:
        try:
            tokenizer = maker.from_pretrained(address, **options)
        except Exception as error:  # see `load_checkpoint`; the first error is the better reason
            failure = failure or error
            continue
        if is_sane_tokenizer(tokenizer):
            return tokenizer
    if isinstance(failure, (ImportError, OSError)):
        raise failure
    raise ModelError(
        Message(f"{address} 的分词器读不出中文", f"the tokenizer of {address} cannot read Chinese"),
        Message(
            "分词器的文件不全，或需要模型自带的代码（如 Randeng-Pegasus）"
            "，或模型不懂中文；请补上 tokenizer.json，或换一个模型",
            "its files are incomplete, or it needs code of its "
            "own (Randeng-Pegasus), or the model knows no Chinese;"
            " add a tokenizer.json or choose another model",
        ),
    ) from failure


def is_sane_tokenizer(tokenizer: Any) -> bool:
    """Whether the tokenizer has a vocabulary and reproduces at least half of SAMPLE's
    characters.
    """
    if len(tokenizer) <= 10:
        return False
    again = tokenizer.decode(tokenizer(SAMPLE)["input_ids"], skip_special_tokens=True)
    return sum(char in again for char in SAMPLE) * 2 >= len(SAMPLE)


def _generation_config(model: Any, tokenizer: Any) -> Any:
    """The checkpoint's special tokens and penalties, without its sampling, lengths and search
    settings."""
    import transformers as t

    own = model.generation_config
    kept = {key: value for key in _KEPT if (value := getattr(own, key, None)) is not None}
    kept.setdefault("eos_token_id", tokenizer.eos_token_id or tokenizer.sep_token_id)
    ends = kept["eos_token_id"]
    kept.setdefault("pad_token_id", ends[0] if isinstance(ends, list) else ends)
    if model.config.is_encoder_decoder and "bos_token_id" not in kept:
        start = tokenizer.cls_token_id
        kept.setdefault("decoder_start_token_id", kept["pad_token_id"] if start is None else start)
    return t.GenerationConfig(**{key: value for key, value in kept.items() if value is not None})


def _context_tokens(config: Any, tokenizer: Any) -> int:
    """The context in tokens."""
    if config.model_type in (
        "t5",
        "mt5",
        "umt5",
        "longt5",
    ):  # n_positions and 512 in their files bind nothing
        return RELATIVE
    stated = int(getattr(config.get_text_config(), "max_position_embeddings", None) or RELATIVE)
    return int(min(stated, tokenizer.model_max_length, LONGEST))


def _check_name(address: str) -> None:
    """Raises ModelError for an address that looks like a path, so that a mistyped path is not
    looked up on the hub.
    """
    if address.startswith((".", "/", "~", "\\")) or address.count("/") > 1 or "\\" in address or not address:
        raise ModelError(
            Message(f"没有这个模型文件夹：{address}", f"there is no model folder {address}"),
            Message("请检查路径", "check the path"),
        )


def _load_error(error: Exception, address: str) -> ModelError:
    """The loading failure as a ModelError, with a hint."""
    if isinstance(error, ModelError):
        return error
    folder = Path(address).expanduser()
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
    hint = Message(
        "请检查文件是否完整，必要时重新下载",
        "check that the files are complete; download them again if need be",
    )
    pickled = any(folder.glob("pytorch_model*.bin")) if folder.is_dir() else "safetensors" in reason
    if pickled and not any(folder.glob("*.safetensors")):
        hint = Message(
            "pickle 权重可以执行任意代码，一概不读；请先在可信环境里转成 safetensors",
            "pickled weights can run any code and are never "
            "read; convert them to safetensors where you trust them",
        )
    elif isinstance(error, ImportError):
        hint = Message(
            "分词器还需要别的库：pip install 'briefing[transformers]' protobuf tiktoken",
            "its tokenizer needs another library: pip install 'briefing[transformers]' protobuf tiktoken",
        )
    elif "trust_remote_code" in str(error) or "custom code" in str(error):
        hint = Message(
            "它要执行自带的代码，这里不允许；请换一个模型",
            "it requires running its own code, which is not allowed; choose another model",
        )
    elif not folder.is_dir():
        hint = Message(
            "请检查模型名和网络；离线时先下载到文件夹，再给出文件夹的路径",
            "check the name and the network; offline, download it to a folder and give the folder's path",
        )
    return ModelError(
        Message(f"无法载入模型 {address}：{reason}", f"cannot load the model {address}: {reason}"), hint
    )
