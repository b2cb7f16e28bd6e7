"""Tiny random checkpoints of each family, each by a function from a folder and a sentencepiece file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

SENTENCES = """今天，中国北京一家公司说：人们的新生活开始了。
云汀大桥11月20日通车，全长3.5公里，总投资12亿元。
从城东到城西的车程由40分钟缩短到8分钟。
总工程师李大江说：“最深的桩有80米，我们换了三次钻头。”
市财政出资5亿元，其余由云汀银行贷款，前三年免费通行。
图书馆昨天开馆，读者可以借书，也可以听讲座。
气象台预报，明天有大风，请市民少出门。
今年粮食丰收，农民收入增长百分之六。
学校新建了体育馆，孩子们放学后在这里打球。
医院开设夜间门诊，方便上班的人看病。
第一段讲路，第二段讲桥，共679字。"""
LINES = SENTENCES.splitlines()
MARKS = ["<pad>", "</s>", "<unk>", "<s>", "<|im_start|>", "<|im_end|>", "<|endoftext|>"]
TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
SMALL = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 1, "num_attention_heads": 2}
BART = {
    "d_model": 32,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 48,
    "decoder_ffn_dim": 48,
    "init_std": 0.5,
    "normalize_before": False,
    "normalize_embedding": True,
}

Checkpoints = Callable[[str], Path]


def _t5(folder: Path, spiece: Path) -> None:
    """mT5 with nothing but its spiece.model for a tokenizer."""
    from transformers import MT5Config, MT5ForConditionalGeneration

    (folder / "spiece.model").write_bytes(spiece.read_bytes())
    sizes = {"d_model": 32, "d_kv": 16, "d_ff": 48, "num_layers": 1, "num_heads": 2, "vocab_size": 400}
    MT5ForConditionalGeneration(
        MT5Config(**sizes, initializer_factor=8.0, decoder_start_token_id=0, pad_token_id=0, eos_token_id=1)
    ).save_pretrained(folder)


def _t5_json(folder: Path, spiece: Path) -> None:
    """The same with a tokenizer.json."""
    from transformers import AutoTokenizer

    _t5(folder, spiece)
    AutoTokenizer.from_pretrained(folder).save_pretrained(folder)
    (folder / "spiece.model").unlink()


def _bert_vocabulary(folder: Path) -> int:
    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *sorted(set(SENTENCES) - {"\n"}),
        "gdp",
        *(f"##{digit}" for digit in "0123456789"),
    ]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    return len(words)


def _bart(folder: Path, spiece: Path) -> None:
    """A Chinese BART as fnlp publishes it: BERT's vocab.txt, and nothing that says so."""
    from transformers import BartConfig, BartForConditionalGeneration

    marks = {"pad_token_id": 0, "bos_token_id": 2, "eos_token_id": 3, "decoder_start_token_id": 2}
    size = _bert_vocabulary(folder)
    config = BartConfig(
        **BART,
        **marks,
        vocab_size=size,
        max_position_embeddings=160,
        forced_bos_token_id=None,
        forced_eos_token_id=3,
    )
    BartForConditionalGeneration(config).save_pretrained(folder)


def _pegasus(folder: Path, spiece: Path) -> None:
    from transformers import PegasusConfig, PegasusForConditionalGeneration

    marks = {"pad_token_id": 0, "eos_token_id": 1, "decoder_start_token_id": 0}
    config = PegasusConfig(**{**BART, "init_std": 0.1}, **marks, vocab_size=600, max_position_embeddings=128)
    (folder / "spiece.model").write_bytes(spiece.read_bytes())
    PegasusForConditionalGeneration(config).save_pretrained(folder)


def _causal_tokenizer(folder: Path, template: str | None) -> int:
    """A byte-level tokenizer with a chat's marks, as Qwen has."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=700,
        special_tokens=MARKS,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(LINES, trainer)
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<s>",
        eos_token="<|im_end|>",
        unk_token="<unk>",
        pad_token="<pad>",
        additional_special_tokens=["<|im_start|>"],
    )
    fast.chat_template = template
    fast.save_pretrained(folder)
    return tokenizer.get_vocab_size()


def _causal(folder: Path, config: str, template: str | None, **more: Any) -> None:
    import transformers

    size = _causal_tokenizer(folder, template)
    sizes = {**SMALL, "vocab_size": size, "eos_token_id": 5, "pad_token_id": 0, "bos_token_id": None}
    made = getattr(transformers, config)(
        **sizes, num_key_value_heads=1, initializer_range=0.5, tie_word_embeddings=False, **more
    )
    transformers.AutoModelForCausalLM.from_config(made).save_pretrained(folder)


def _qwen(folder: Path, spiece: Path) -> None:
    _causal(folder, "Qwen2Config", TEMPLATE, max_position_embeddings=1024)
    # As published: sampling by default, which this program must not do.
    settings = {
        "do_sample": True,
        "temperature": 0.7,
        "top_p": 0.8,
        "eos_token_id": [5, 1],
        "pad_token_id": 0,
    }
    (folder / "generation_config.json").write_text(json.dumps(settings))


def _gemma(folder: Path, spiece: Path) -> None:
    refuse = "{% if messages[0]['role'] == 'system' %}{{ raise_exception('no system') }}{% endif %}"
    _causal(folder, "GemmaConfig", refuse + TEMPLATE, max_position_embeddings=1024, head_dim=16)


def _llama(folder: Path, spiece: Path) -> None:
    """A model that only continues texts."""
    _causal(folder, "LlamaConfig", None, max_position_embeddings=256)


MAKERS: dict[str, Callable[[Path, Path], None]] = {
    "t5": _t5,
    "t5-json": _t5_json,
    "bart": _bart,
    "pegasus": _pegasus,
    "qwen": _qwen,
    "gemma": _gemma,
    "llama": _llama,
}
