"""What a letter that came in says about a subscription: signed tokens, and whether somebody wishes to leave.

A token counts, not who a letter claims to be from. One that subscribes may be quoted, but not by a program
that answers by itself, nor in a letter that was returned. One that leaves stands in the subject, as mail
programs write it, or is quoted below words that say so: whoever answers an edition quotes it too.
"""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message as Letter
from itertools import islice

from ..text.clean_input import clean_line

TOKEN = re.compile(r"(?<![\w-])[A-Za-z0-9_-]{20,1400}\.[A-Za-z0-9_-]{43}(?![\w-])")
PARTS, LINES, SHORT = 40, 20, 40
"""Parts of a letter that are looked at; lines of one's own; characters of a line that says one thing."""
LEAVING = re.compile(
    r"退订|退閱|取消订阅|取消訂閱|(?:不要|别)再[寄发发送]|\bunsubscribe\b|\bremove me\b", re.IGNORECASE
)
QUOTED = re.compile(r"[>＞|]|-{2,}|_{5,}|(?:On|在|于|發件人|发件人|寄件者|From)\b.*")
BY_ITSELF = re.compile(
    r"\s*(?:自动(?:回复|答复)|自動(?:回覆|回復)|auto(?:matic)?[ :-]*(?:reply|response)|out of (?:the )?office"
    r"|undeliver|delivery (?:status|failure)|returned mail|mail delivery|系统退信|退信)",
    re.IGNORECASE,
)
ROBOTS = re.compile(r"(?:mailer-daemon|postmaster|no-?reply)@", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A letter: its mark, by which it is known again; who it says it is from; its subject; the tokens in the
    subject and in its text; whether its own words wish to leave; whether a program wrote it by itself.
    """

    mark: str
    sender: str
    subject: str
    in_subject: tuple[str, ...]
    in_text: tuple[str, ...]
    leaving: bool
    automatic: bool


def answer_of(letter: Letter) -> Answer:
    """What a letter says; of one that is damaged, what can be read of it."""
    subject, text = _header(letter, "subject"), _text(letter)
    known = "\n".join(_header(letter, name) for name in ("message-id", "date", "from", "subject"))
    return Answer(
        mark=hashlib.sha256(f"{known}\n{text}".encode("utf-8", "replace")).hexdigest(),
        sender=_header(letter, "from")[:200],
        subject=subject[:200],
        in_subject=tuple(dict.fromkeys(TOKEN.findall(subject))),
        in_text=tuple(dict.fromkeys(TOKEN.findall(text.replace("%20", " ")))),  # as in a mailto:
        leaving=_wishes_to_leave(subject, text),
        automatic=_is_automatic(letter, subject),
    )


def _wishes_to_leave(subject: str, text: str) -> bool:
    """By the subject, or by a short line of one's own."""
    own = []
    for line in islice(filter(None, map(str.strip, text.splitlines())), LINES):
        if QUOTED.match(line):
            break
        own.append(line)
    plain = TOKEN.sub("", subject).strip()
    return any(len(one) <= SHORT and LEAVING.search(one) for one in (plain, *own))


def _is_automatic(letter: Letter, subject: str) -> bool:
    return (
        _header(letter, "auto-submitted").lower() not in ("", "no")
        or _header(letter, "precedence").lower() in ("bulk", "auto_reply", "junk", "list")
        or any(name in letter for name in ("list-id", "list-unsubscribe", "x-autoreply", "x-autorespond"))
        or letter.get_content_type() == "multipart/report"
        or _header(letter, "return-path") == "<>"
        or ROBOTS.search(_header(letter, "from")) is not None
        or BY_ITSELF.match(subject) is not None
    )


def _header(letter: Letter, name: str) -> str:
    """A header on one line; as it stands where it cannot be decoded."""
    value = letter.get(name, "")
    try:
        return clean_line(str(make_header(decode_header(value)))).strip()
    except (HeaderParseError, LookupError, ValueError):
        return clean_line(str(value)).strip()


def _text(letter: Letter) -> str:
    """The plain texts, then those of HTML without their tags."""
    plain, marked = [], []
    for part in islice(letter.walk(), PARTS):
        if part.get_content_maintype() != "text" or part.get_filename():
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        charset = part.get_content_charset() or "utf-8"
        try:
            words = content.decode(charset, "replace")
        except LookupError:  # no such charset
            words = content.decode("utf-8", "replace")
        if part.get_content_subtype() == "html":
            words = re.sub(r"<(?:br|/p|/div|/tr|blockquote)\b[^>]*>", "\n", words, flags=re.IGNORECASE)
            marked.append(html.unescape(re.sub(r"<[^<>]*>", " ", words)))
        else:
            plain.append(words)
    return "\n".join((*plain, *marked))
