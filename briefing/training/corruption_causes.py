"""False claims about causes: turned round, or put between clauses that are neighbours."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from ..text.chars import bigrams
from ..text.sentences import finished
from ..text.words import words
from .claims import CLAUSE, Claim

_BECAUSE = re.compile(r"(由于|(?<![一-龥])因(?![此灾而其公病故])为?)([^，。；“”]{4,24})，([^，。；“”]{4,30})")
_CONCEDED = re.compile(r"(?:尽管|虽然?)([^，。；]{4,30})，(?:但是?|却|仍)?(?=[^，。；])")
_BUT = re.compile(r"，(?:但是?|然而|不过)(?=[一-龥])")
_THUS = re.compile(r"，(?:因此|因而|从而|致使|导致|使得?)(?=[一-龥])")
_LEADS_TO = re.compile(
    r"(?<![一-龥\d])(?P<cause>[^，。；：“”、]{3,16}?)(?:已|也|还)?(?P<verb>导致)了?(?P<effect>[^，。；：“”、的]{3,16})"
)
_ADVERBS = re.compile(
    r"^(?:目前|今年|近年来|据|在|对|从|通过|以|由|将|能|可|已|并|还|也|要|进一步|有力|有效|共同|大力|积极|持续)|(?:已|还|也|将|要|能|可|会|有力|有效|共同|大力|积极|持续|不断|进一步|并|以|来|加快|更好|合力)$"
)
_AFFECTED = re.compile(r"(?<![一-龥])受([^，。；]{2,18}?)(?:等?(?:因素)?的?影响)")
_AIM = re.compile(r"(?<![一-龥])为了?([一-龥]{2,3}[^，。；“”]{3,20})，")
_CAUSAL = re.compile(r"因|由于|导致|致使|使得|为了|从而|影响|带动|推动|促|为|旨在|以便|所以|造成|引发")
_BEGINS = re.compile(
    r"[他她它其这该此]|同时|此外|另外|其中|并|而|但|也|还|据|将|分别|以及|又|均|都|同比|环比|较|比|占|包括|约|达|共|以|在|为"
)
_SAID = re.compile(
    r"告诉|采访|显示|透露|发现|宣布|公布|通报|发布|什么|如何|怎么|坦言|希望|提出|报道|回忆|获悉|消息|表示|指出|强调|认为|称|说|介绍"
)


def cause(claim: Claim) -> Iterator[str]:
    """The claim with cause and effect turned, or with a reason where there is none."""
    turned = list(_turned(claim))
    yield from turned
    if not turned and not _CAUSAL.search(claim.text):
        yield from _joined(claim)


def _turned(claim: Claim) -> Iterator[str]:
    """The claim with its own cause and effect turned, or with another reason."""
    text = claim.text
    for match in _BECAUSE.finditer(text):
        yield claim.replaced(match.start(), match.end(), f"{match[1]}{match[3]}，{match[2]}")
    for match in _CONCEDED.finditer(text):
        yield claim.replaced(match.start(), match.end(), f"由于{match[1]}，")
    for match in _BUT.finditer(text):
        yield claim.replaced(match.start(), match.end(), "，因此")
    for match in _THUS.finditer(text):
        if match[0] in ("，因此", "，因而"):
            yield claim.replaced(match.start(), match.end(), "，但")
    for match in _LEADS_TO.finditer(text):
        first = words(match["cause"])[0].tag[:1]
        if (
            first in "nj"
            and not _ADVERBS.search(match["cause"])
            and not match["effect"].endswith(("后", "时"))
        ):
            verb = match[0][len(match["cause"]) : len(match[0]) - len(match["effect"])]
            yield claim.replaced(match.start(), match.end(), match["effect"] + verb + match["cause"])
    yield from _other_reasons(claim, _AFFECTED)
    yield from _other_reasons(claim, _AIM)


def _other_reasons(claim: Claim, pattern: re.Pattern[str]) -> Iterator[str]:
    """The claim with the reason that the article gives for something else."""
    for match in pattern.finditer(claim.text):
        for other in pattern.finditer(claim.article.text):
            if other[1] not in claim.source and match[1] not in other[1]:
                yield claim.replaced(match.start(1), match.end(1), other[1])


def _joined(claim: Claim) -> Iterator[str]:
    """A clause of the claim as the effect of its neighbour, or of one from elsewhere."""
    own = [one for one in CLAUSE.findall(claim.text) if _stands_alone(one)]
    if not own:
        return
    for one, other in itertools.pairwise(own):
        if f"{one}，{other}" in claim.text and all(re.search(r"\d", clause) for clause in (one, other)):
            yield claim.text.replace(f"{one}，{other}", f"{one}，因此{other}")
            yield claim.text.replace(f"{one}，{other}", f"由于{one}，{other}")
    home = claim.article.closest(claim.text)
    for at, sentence in enumerate(claim.article.sentences):
        first = CLAUSE.search(sentence.lstrip("\u3000 "))
        if abs(at - home) < 2 or first is None or not finished(sentence) or not _stands_alone(first[0]):
            continue
        if _overlap(first[0], own[0]) or first[0] in claim.text or re.search("[“：]", sentence):
            continue
        if 0.7 * len(claim.text) <= len(first[0]) + len(own[0]) + 4 <= 1.4 * len(claim.text) + 6:
            yield f"由于{first[0]}，{own[0]}。"
            yield f"{first[0]}，因此{own[0]}。"


def _overlap(one: str, other: str) -> bool:
    """Whether two clauses tell of the same thing: a fourth of the shorter one's pairs."""
    pairs, others = set(bigrams(one)), set(bigrams(other))
    return 4 * len(pairs & others) >= min(len(pairs), len(others))


def _stands_alone(clause: str) -> bool:
    """Whether a clause has its own subject and verb and no speech, as far as tags tell."""
    if not 8 <= len(clause) <= 32 or _BEGINS.match(clause) or _CAUSAL.search(clause) or _SAID.search(clause):
        return False
    if re.search(r"[（）()“”《》\s]|[后时中上下里前间年月日来率]\Z|如果|通过|除了|根据", clause):
        return False
    tagged = words(clause)
    tags = [word.tag for word in tagged]
    verb = next((at for at, tag in enumerate(tags) if tag == "v"), 0)
    subject = [tag for tag in tags[:verb] if tag[:1] in "nj" or tag == "vn"]
    return bool(subject) and tags[0][:1] in "njbtx" and tags[-1][:1] not in "pcudt" and "p" not in tags[:2]
