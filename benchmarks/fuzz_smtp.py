"""Mail servers that answer anything at any step: nothing but a DeliveryError may come of it, and no word that is untrue.

python benchmarks/fuzz_smtp.py [--seconds 60] [--seed 1]

A case is one connection to a server on loopback with a log-in and a message to two recipients. It fails where another
exception escapes, where it takes longer than its deadlines allow, where SENT is said of a message whose final dot was not
answered 250, where a message that may have been taken is called not sent, where the password or a control character is in
what is shown. The seed and the number of a failing case reproduce it.
"""

from __future__ import annotations

import argparse
import base64
import random
import re
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path

from briefing.deliver.secret import Secret
from briefing.deliver.smtp import DeliveryStatus, OutgoingMail, Reply, Server, SmtpConnection
from briefing.errors import DeliveryError

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/mail"))
from odd_server import USUAL, OddServer

USER, PASSWORD = "desk@yunting.test", "correct-horse-7"
TIMEOUT = 0.15
DEADLINE = 12 * TIMEOUT + 20 * TIMEOUT + 3
"""Seconds: a dozen commands, a message of ten times a command's time, and a machine that is not free."""
TO = ("a@yunting.test", "林晚舟@yunting.test")
WORDS = [
    *(b"ok", b"", b"queued", b"\x1b[31mred\x07", "收到".encode(), b"\xff\xfe\x00", "\u202eback".encode(), b"2.1.0 ok", b"x" * 600),
    *(PASSWORD.encode(), base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()), b"PLAIN", b"SIZE 10", b"SIZE " + b"9" * 5000),
    *(b"SMTPUTF8", b"AUTH PLAIN LOGIN CRAM-MD5", b"AUTH=PLAIN", b"STARTTLS", b"8BITMIME", b"AUTH", b"SIZE x"),
]  # fmt: skip
CODES = [
    200,
    211,
    220,
    221,
    235,
    250,
    250,
    250,
    251,
    252,
    299,
    334,
    334,
    354,
    354,
    421,
    450,
    451,
    500,
    503,
    535,
    550,
    554,
    999,
    0,
    25,
]


def line(chance: random.Random, heard: bytes) -> bytes:
    """One line of a reply, valid or not."""
    code = str(chance.choice(CODES)).encode()
    words = chance.choice([*WORDS, heard.strip(), heard.strip()[:30][::-1]])
    return code + chance.choice([b" ", b" ", b" ", b"-", b"", b"\t", b"- "]) + words


def reply(chance: random.Random, usual: str, heard: bytes) -> bytes:
    """A reply: the usual one, one with a code of its own, several lines, or noise."""
    kind = chance.random()
    if kind < 0.35:
        return usual.encode()
    if kind < 0.6:
        return line(chance, heard)
    if kind < 0.8:
        code = str(chance.choice(CODES)).encode()
        lines = [code + b"-" + chance.choice(WORDS) for _ in range(chance.choice([1, 2, 3, 120]))]
        return b"\r\n".join([*lines, code + b" " + chance.choice(WORDS)])
    if kind < 0.9:
        return b"\r\n".join(line(chance, heard) for _ in range(chance.randint(1, 4)))
    return bytes(chance.randrange(256) for _ in range(chance.choice([0, 1, 3, 40, 3000])))


def answers(chance: random.Random) -> tuple[dict[str, object], list[bytes]]:
    """What is said at each step, most often as usual, and the list of what was said to the final dot."""
    dots: list[bytes] = []

    def answer(step: str) -> object:
        def say(heard: bytes) -> bytes:
            words = reply(chance, USUAL[step], heard) if odd else USUAL[step].encode()
            if step == "dot":
                dots.append(words)
            return words

        odd = chance.random() < 0.25
        return chance.choices([say, "drop", "lines", "drip"], [96, 2, 1, 1] if odd else [1, 0, 0, 0])[0]

    return {step: answer(step) for step in USUAL}, dots


def untrue(shown: str, replies: dict[str, Reply], dots: list[bytes]) -> str:
    """What is wrong with the outcome; "" for nothing."""
    first = re.match(rb"([2-5]\d\d)(?:[ -].*)?\r?$", dots[0].split(b"\n")[0], re.S) if dots else None
    for one in replies.values():
        if one.status is DeliveryStatus.SENT and not (first and first[1] == b"250"):
            return f"sent, but the dot was answered {dots}"
        if (
            dots
            and first
            and first[1][:1] == b"2"
            and one.status in (DeliveryStatus.DEFERRED,)
            and len(replies) == 1
        ):
            return f"not sent, but the dot was answered {dots}"
    bare = "".join(filter(str.isalnum, shown)).lower()
    if "correcthorse" in bare or "y29ycmvjdc1ob3jzzs03" in bare or "agrlc2taexvu" in bare:
        return f"the password is shown: {shown!r}"
    if any(unicodedata.category(char) in ("Cc", "Cs") or char in "\u202e" for char in shown):
        return f"controls are shown: {shown!r}"
    return ""


def case(seed: int, number: int) -> tuple[str, str]:
    """What became of one case, and what is wrong with it."""
    chance = random.Random(f"{seed}/{number}")
    said, dots = answers(chance)
    to = TO[: chance.choice([1, 1, 2])]
    mail = OutgoingMail(
        sender=USER, recipients=to, content=b"Subject: x\r\n\r\n.x\r\n", international=not to[-1].isascii()
    )
    begun = time.monotonic()
    replies: dict[str, Reply] = {}
    with OddServer(said) as server:  # type: ignore[arg-type]
        connection = SmtpConnection(
            Server(
                host="127.0.0.1",
                port=server.port,
                security="none",
                timeout=TIMEOUT,
                user=USER,
                secret=Secret(PASSWORD),
            )
        )
        try:
            replies = connection.hand_over(mail, lambda accepted: None)
            shown = "".join(one.text for one in replies.values())
            outcome = replies[to[0]].status.value
        except DeliveryError as error:
            shown, outcome = f"{error.message.zh}{error.message.en}", "no connection"
        except Exception as error:
            return "crash", f"{type(error).__name__}: {error}"
        finally:
            connection.close()
    if (took := time.monotonic() - begun) > DEADLINE:
        return outcome, f"took {took:.1f} s"
    return outcome, untrue(shown, replies, dots)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--case", type=int, help="this one only")
    given = parser.parse_args()
    outcomes: Counter[str] = Counter()
    failures, slowest, number = 0, 0.0, given.case or 0
    end = time.monotonic() + given.seconds
    while time.monotonic() < end:
        begun = time.monotonic()
        outcome, wrong = case(given.seed, number)
        slowest = max(slowest, time.monotonic() - begun)
        outcomes[outcome] += 1
        if wrong:
            failures += 1
            print(f"case {number}: {wrong}")
        number += 1
        if given.case is not None:
            break
    print(
        f"seed {given.seed}: {sum(outcomes.values())} cases, {dict(outcomes)}; {failures} failures; slowest {slowest:.2f} s"
    )
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
