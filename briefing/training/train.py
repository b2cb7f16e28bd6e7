"""Fine-tuning: next-token loss on the answers, AdamW (Loshchilov and Hutter 2019), seeded and resumable.

Forward and backward passes are in bfloat16, fast on CUDA and on CPUs with AVX-512 BF16; the optimizer
keeps 32-bit master weights. The embedding and the lower layers may be frozen, which saves their backward
pass. A checkpoint is written every few minutes; the same command resumes from it with identical steps.
"""

from __future__ import annotations

import json
import math
import random
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .prepare import Packed

GRAIN = 32
"""Batches are padded to a multiple of this many tokens: oneDNN caches memory for every new shape (12 GB
after 300 steps)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The hyperparameters: `tokens` per batch, peak `rate`, its `final` share, `warmup` as a share of the
    steps, `frozen` lower layers, weight `decay`, gradient `clip`."""

    epochs: float = 1.0
    rate: float = 1e-4
    final: float = 0.1
    warmup: float = 0.03
    tokens: int = 2600
    frozen: int = 8
    decay: float = 0.01
    clip: float = 1.0
    seed: int = 1
    average: float = 0.0
    """Decay per step of the weights' exponential moving average, which is the result; 0 keeps the last
    weights."""
    save_every: float = 300.0
    """Seconds between checkpoints."""


def batches(packed: Packed, plan: Plan) -> list[list[int]]:
    """The batches of the whole run, in order: examples of similar length, at most `plan.tokens` padded
    tokens."""
    sizes = [len(packed.example(i)[0]) for i in range(len(packed))]
    done: list[list[int]] = []
    for epoch in range(math.ceil(plan.epochs)):
        rng = random.Random(plan.seed * 1000 + epoch)
        order = sorted(range(len(sizes)), key=lambda i: sizes[i] * rng.uniform(0.9, 1.1))
        groups: list[list[int]] = []
        for i in order:
            if (
                not groups
                or max(sizes[i], *(sizes[j] for j in groups[-1])) * (len(groups[-1]) + 1) > plan.tokens
            ):
                groups.append([])
            groups[-1].append(i)
        rng.shuffle(groups)
        done += groups[: math.ceil(len(groups) * min(1.0, plan.epochs - epoch))]
    return done


def train(
    model: Any,
    packed: Packed,
    plan: Plan,
    folder: Path,
    *,
    device: str | None = None,
    steps: int | None = None,
) -> None:
    """Trains `model` in place and saves it in `folder` (safetensors); resumes from a checkpoint there.

    `steps` limits the number of batches.
    """
    import torch

    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    folder.mkdir(parents=True, exist_ok=True)
    run = _Run(model, plan, folder, batches(packed, plan)[:steps], device)
    run.resume()
    started = saved = time.monotonic()
    first, seen = run.step, 0
    while run.step < len(run.batches):
        group = [packed.example(i) for i in run.batches[run.step]]
        seen += sum(len(ids) for ids, _ in group)
        loss = run.take_step(group)
        if run.step % 20 == 0 or run.step in (1, len(run.batches)):
            spent = time.monotonic() - started
            rest = spent / (run.step - first) * (len(run.batches) - run.step)
            line = {
                "step": run.step,
                "of": len(run.batches),
                "loss": round(loss, 4),
                "tokens_s": round(seen / spent),
                "left_s": round(rest),
            }
            print(json.dumps(line), file=sys.stderr, flush=True)
        if time.monotonic() - saved > plan.save_every:
            run.save()
            saved = time.monotonic()
    run.finish()


class _Run:
    """The mutable state of a run: weights, their 32-bit masters, the optimizer, the step."""

    def __init__(self, model: Any, plan: Plan, folder: Path, order: list[list[int]], device: str) -> None:
        import torch

        self.plan, self.folder, self.batches, self.device, self.step = plan, folder, order, device, 0
        torch.manual_seed(plan.seed)
        self.model = model.to(device=device, dtype=torch.bfloat16).train()
        self.model.requires_grad_(False)
        if not plan.frozen:
            self.model.model.embed_tokens.requires_grad_(True)
        self.model.model.norm.requires_grad_(True)
        for layer in self.model.model.layers[plan.frozen :]:
            layer.requires_grad_(True)
        self.weights = {name: p for name, p in self.model.named_parameters() if p.requires_grad}
        self.masters = {
            name: p.detach().float().clone().requires_grad_(True) for name, p in self.weights.items()
        }
        self.mean = {name: p.detach().clone() for name, p in self.masters.items()} if plan.average else {}
        self.optimizer = torch.optim.AdamW(
            [
                {"params": [p for p in self.masters.values() if p.ndim > 1], "weight_decay": plan.decay},
                {"params": [p for p in self.masters.values() if p.ndim < 2], "weight_decay": 0.0},
            ],
            lr=plan.rate,
            betas=(0.9, 0.98),
            fused=True,
        )
        self.loss = 0.0

    def rate(self) -> float:
        """The learning rate of the step: linear warm-up, then linear decay to `final` of the peak."""
        warm = max(1.0, self.plan.warmup * len(self.batches))
        if self.step < warm:
            return self.plan.rate * (self.step + 1) / warm
        rest = (self.step - warm) / max(1.0, len(self.batches) - warm)
        return self.plan.rate * (1 - (1 - self.plan.final) * rest)

    def take_step(self, group: list[tuple[Any, int]]) -> float:
        """One step on these examples (ids, offset of the answer); returns the running mean of the loss."""
        import torch
        from torch.nn.functional import cross_entropy

        longest = -(-max(len(ids) for ids, _ in group) // GRAIN) * GRAIN
        ids = torch.zeros(len(group), longest, dtype=torch.long)
        targets = torch.full((len(group), longest), -100)
        for row, (example, answer) in enumerate(group):
            ids[row, : len(example)] = torch.from_numpy(example.astype("int64"))
            targets[row, answer - 1 : len(example) - 1] = ids[row, answer : len(example)]
        ids, targets = ids.to(self.device), targets.to(self.device)
        hidden = self.model.model(input_ids=ids, use_cache=False).last_hidden_state
        mask = targets != -100
        loss = cross_entropy(self.model.lm_head(hidden[mask]).float(), targets[mask])
        loss.backward()
        for name, weight in self.weights.items():
            self.masters[name].grad = weight.grad.float()
            weight.grad = None
        torch.nn.utils.clip_grad_norm_(list(self.masters.values()), self.plan.clip)
        for kind in self.optimizer.param_groups:
            kind["lr"] = self.rate()
        self.optimizer.step()
        with torch.no_grad():
            for name, master in self.masters.items():
                self.weights[name].copy_(master)
                if self.mean:
                    self.mean[name].lerp_(
                        master, 1 - min(self.plan.average, (self.step + 1) / (self.step + 10))
                    )
        self.step += 1
        self.loss = loss.item() if self.step == 1 else 0.95 * self.loss + 0.05 * loss.item()
        return self.loss

    def save(self) -> None:
        """Writes the checkpoint atomically."""
        import torch

        state = {
            "step": self.step,
            "masters": self.masters,
            "mean": self.mean,
            "optimizer": self.optimizer.state_dict(),
            "loss": self.loss,
            "plan": asdict(self.plan),
        }
        temporary = self.folder / "state.part"
        torch.save(state, temporary)
        temporary.replace(self.folder / "state.pt")

    def resume(self) -> None:
        """Loads the checkpoint in the folder, if there is one of the same plan."""
        import torch

        path = self.folder / "state.pt"
        if not path.exists():
            return
        state = torch.load(path, map_location=self.device, weights_only=True)
        if state["plan"] != asdict(self.plan):
            print(f"{path} is of another plan; starting over", file=sys.stderr)
            return
        self.step, self.loss = state["step"], state["loss"]
        with torch.no_grad():
            for name, master in state["masters"].items():
                self.masters[name].copy_(master)
                self.weights[name].copy_(master)
        self.mean = state["mean"]
        self.optimizer.load_state_dict(state["optimizer"])

    def finish(self) -> None:
        """Writes the trained model as safetensors and removes the checkpoint."""
        import torch

        with torch.no_grad():
            for name, weight in self.weights.items():
                weight.copy_((self.mean or self.masters)[name])
        self.model.save_pretrained(self.folder)
        (self.folder / "state.pt").unlink(missing_ok=True)
