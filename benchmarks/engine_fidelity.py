"""How far the exported model's next-token distribution is from the checkpoint's: by bits of the weights, by prompt length.

usage: python benchmarks/engine_fidelity.py WORK TEXTS.jsonl

WORK is the folder of `python -m briefing.training` (base/tokenizer.model, references/); a text is {text}. Printed: mean
Kullback-Leibler divergence in nats, and how often the likeliest token is the same, over twelve texts. 7 and 6 bits are
multiples of 2 and 4 of the 8-bit weights; `int8` computes as the program does, `float32` shows the weights' share alone.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from briefing.training import export


def converted(checkpoint: Path, tokenizer: Path, step: int, folder: str) -> None:
    from ctranslate2.converters import TransformersConverter
    from ctranslate2.specs.model_spec import NumpyVariable

    def rounded(layer: Any, name: str, value: Any) -> None:
        if getattr(value, "dtype", "") == "int8" and len(value.shape) == 2:
            rows = np.clip(np.rint(value.numpy() / step), -(127 // step), 127 // step) * step
            setattr(layer, name.rsplit("/", 1)[-1], NumpyVariable(rows.astype(np.int8)))

    converter = TransformersConverter(str(checkpoint))
    converter.load_tokenizer = lambda *_args, **_options: export._Tokenizer(tokenizer)
    spec = converter._load()
    spec.validate()
    spec.optimize(quantization="int8")
    if step > 1:
        spec._visit(rounded)
    spec.save(folder)


def main(work: str, texts: str) -> None:
    import ctranslate2
    import sentencepiece
    import torch
    from transformers import Gemma3ForCausalLM

    checkpoint, tokenizer = Path(work) / "references", Path(work) / "base/tokenizer.model"
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(tokenizer))
    rows = [json.loads(line)["text"] for line in Path(texts).read_text(encoding="utf-8").splitlines()[:60]]
    model = Gemma3ForCausalLM.from_pretrained(
        checkpoint, dtype=torch.float32, attn_implementation="eager"
    ).eval()
    for step, tokens in ((1, 300), (2, 300), (4, 300), (1, 500), (1, 700), (1, 1000)):
        prompts = [[2, *pieces.encode("\n".join(rows[5 * i : 5 * i + 5]))][:tokens] for i in range(12)]
        with torch.no_grad():
            wanted = [torch.log_softmax(model(torch.tensor([ids])).logits[0, -1], 0) for ids in prompts]
        with tempfile.TemporaryDirectory() as folder:
            converted(checkpoint, tokenizer, step, folder)
            for kind in ("int8_float32", "float32"):
                generator = ctranslate2.Generator(folder, compute_type=kind)
                apart, same = [], 0
                for ids, theirs in zip(prompts, wanted, strict=True):
                    result = generator.generate_batch(
                        [[pieces.id_to_piece(i) for i in ids]], max_length=1, return_logits_vocab=True
                    )
                    ours = torch.log_softmax(torch.tensor(np.array(result[0].logits[0][0]).ravel()), 0)
                    apart.append(float((theirs.exp() * (theirs - ours)).sum()))
                    same += int(ours.argmax() == theirs.argmax())
                print(
                    f"{9 - step.bit_length()} bits, {len(prompts[0])} tokens, {kind:12}  KL {sum(apart) / 12:.3f}  same {same}/12"
                )
                del generator


if __name__ == "__main__":
    main(*sys.argv[1:])
