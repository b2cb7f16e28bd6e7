"""The selector: says of each character of an article how likely a summary keeps it.

The lower layers of a causal language model, then layers that look both ways (BehnamGhader et al.,
COLM 2024), in one forward pass; nothing is decoded, so nothing can be made up. Trained by `python -m
briefing.training selector` on summaries written by hand.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ...types import Article, Sentence, Summary
from ..extract.candidates import candidates, checked_summary, first_clauses
from ..extract.compressive import chosen_sentences
from ..generate.model_folder import ModelFolder, open_model_folder
from .graphs import LOWER, TOKENIZER, open_graph, open_tokenizer
from .passage import passage
from .tokens import covered, prompt

UPPER = "selector.onnx"
LONGEST = 1536
"""Tokens read at once, headline included: some 2,400 characters. Of longer articles the sentences
that tell most are read."""
SUMMARY = 0
"""The column of what a summary keeps; the others are what a brief and a gist keep."""
MASKED = -1e9
"""What is added to the attention of a token that may not be seen."""


class Selector:
    """A Summarizer that selects and shortens sentences by what the network says an editor keeps.

    Safe in several threads at once.
    """

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        """Loads the model: a quarter of a second and 300 MB. Raises ModelError.

        `threads` for one article; 0 for one a core.
        """
        self._card: ModelFolder = open_model_folder(folder)
        tokenizer, *graphs = self._card.checked(TOKENIZER, LOWER, UPPER)
        self._tokenizer = open_tokenizer(tokenizer)
        self._lower, self._upper = (open_graph(path, threads) for path in graphs)

    @property
    def name(self) -> str:
        """The model's name."""
        return self._card.name

    def summarize(self, article: Article, length: int) -> Summary:
        """A summary of at most `length` characters, of the article's own clauses; raises
        nothing.
        """
        found = candidates(article)
        if not found:
            return checked_summary(article, (), self.name)
        chosen: list[Sentence] = chosen_sentences(found, self.kept(article), length)
        return checked_summary(article, chosen or first_clauses(found, length), self.name)

    def kept(self, article: Article) -> np.ndarray:
        """How likely each character of the article's text is kept, 0 to 1: shape (characters,)."""
        head = self._tokenizer.encode(prompt(article.headline))
        read = passage(article, lambda text: len(self._tokenizer.encode(text)), LONGEST - len(head))
        body = self._tokenizer.encode(read.text)
        shares = self._shares(np.array([[*head, *body]], np.int64))[len(head) :]
        kept = np.zeros(len(article.text), np.float32)
        for (start, end), share in zip(covered(body, self._tokenizer), shares.tolist(), strict=True):
            for place in read.places[start:end]:
                kept[place] = max(kept[place], share)
        return kept

    def _shares(self, ids: np.ndarray) -> np.ndarray:
        """The share of each token, of shape (tokens,), for ids of shape (1, tokens)."""
        length = ids.shape[1]
        places = np.arange(length)[None]
        causal = np.triu(np.full((length, length), MASKED, np.float32), 1)[None, None, None]
        (states,) = self._lower.run(None, {"ids": ids, "positions": places, "mask": causal})
        everywhere = np.zeros_like(causal)
        (logits,) = self._upper.run(None, {"states": states, "positions": places, "mask": everywhere})
        return np.asarray(0.5 * (1 + np.tanh(logits[0, :, SUMMARY] / 2)))
