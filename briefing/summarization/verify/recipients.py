"""Recipients of an action: 向下游3个村支付 is not 向上游支付.

Compares the phrase between 向 and a verb with the article's phrases before the same verb: they must
share a bigram. Not judged: pronouns, and phrases of which the article has no bigram at all
(synonyms, or names that other checks judge).
"""

from __future__ import annotations

from collections.abc import Iterator

from ...text.chars import bigrams
from ...text.lazy_pattern import lazy_pattern
from .facts import ArticleFacts

_TO = lazy_pattern(
    r"向([^，。；：！？、\n向]{2,14}?)(支付|赔偿|赔付|交付|移交|提供|捐赠|捐款|出售|转让|偿还|缴纳|道歉|致歉|求助|借款|借出|供应|输送|开放|发射|开火|宣战|提起诉讼|索赔|起诉|颁发|发放|拨付|转账|投诉|举报|通报|发起)"
)
_PRONOUN = lazy_pattern(r"[其他她它们]|对方|双方|有关|相关|后者|前者")


def misdirected_actions(text: str, facts: ArticleFacts) -> Iterator[str]:
    """The phrases 向X支付 of `text` where the article has the verb only with another X."""
    for match in _TO.finditer(text):
        whom, verb = match.groups()
        stated = [other[1] for other in _TO.finditer(facts.text) if other[2] == verb]
        if not stated or _PRONOUN.search(whom) or any(map(_PRONOUN.search, stated)):
            continue
        if not any(set(bigrams(whom)).intersection(bigrams(other)) for other in stated) and any(
            pair in facts.text for pair in bigrams(whom)
        ):
            yield match[0]
