#!/usr/bin/env python3
"""Feeds mutilated files of the program's own formats to what reads them, and uses what comes of it.

usage: fuzz_own_files.py [--seconds 600] [--seed 1] [FORMAT ...]      (theme model json settings recipients)

A case is a good file with values, keys and branches exchanged for odd ones, or with bytes mutilated. It must be
refused with a BriefingError that has a hint and nothing that a terminal would obey, or be good for all that is done with
such a file: a theme renders every format, a briefing.json every format and a letter. Anything else, or more than SLOW
seconds of computing, ends the run; the file is left in the current folder as fuzz-FORMAT.bin.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import random
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path += [str(ROOT / "tests"), str(ROOT / "benchmarks")]

import jinja2  # noqa: E402
from edition import DAY  # noqa: E402  # lies with the tests
from fuzz_readers import mutilated  # noqa: E402

from briefing.app.editions import load  # noqa: E402
from briefing.config.load import settings  # noqa: E402
from briefing.deliver.news_key import news_key  # noqa: E402
from briefing.deliver.recipient_list import from_csv  # noqa: E402
from briefing.errors import BriefingError  # noqa: E402
from briefing.messages import Language  # noqa: E402
from briefing.render.json import JsonRenderer  # noqa: E402
from briefing.render.mail import MailRenderer  # noqa: E402
from briefing.render.page import TemplateRenderer  # noqa: E402
from briefing.render.pdf import PrintRenderer  # noqa: E402
from briefing.summarization.generate.model_folder import open_model_folder  # noqa: E402
from briefing.text.clean_input import DIRTY  # noqa: E402
from briefing.types import Briefing, Problem, Recipient  # noqa: E402

SLOW = 20.0
PRINTED = 0.02
"""Share of the cases that are set in print as well, which takes a hundred times as long."""
TAG = "<script>x</script>"
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 10**400, -(10**18), 0.5, 1e308, float("inf"), float("nan"),
    "", " ", "x", "云汀", "\n", "a\nb", "\x00", "\x1b[31m", "\u202e", "\ud83d", "\ufdd0", "9" * 5000, "好" * 3000,
    TAG, "{{ 7*7 }}", "{% for x in range(9**9) %}", "#set page(width: 1e30pt)", "url(http://x.example/)", "%s%n", "2026-13-45",
    "0001-01-01", "9999-12-31", "=?utf-8?b?YQpCY2M6IHg=?=", "../../etc/passwd", "/dev/zero", "file:///etc/passwd", "javascript:x",
    [], {}, [[]], [None], ["x"] * 3, [0, 1], [[0, 10**9]], [[-1, 1]], {"zh": "x"}, {"zh": 1, "en": []}, {"one": "x", "other": "y"}, {"": ""},
    [{}], [{"name": "x"}],
)  # fmt: skip


def odd(chance: random.Random) -> Any:
    """An odd value; now and then one inside many others."""
    value = copy.deepcopy(chance.choice(ODD))
    for _ in range(chance.choice((0, 0, 0, 0, 0, 1, 3, 80))):
        value = [value] if chance.random() < 0.5 else {"x": value}
    return value


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every (container, key) in a tree."""
    items = (
        list(value.items())
        if isinstance(value, dict)
        else list(enumerate(value))
        if isinstance(value, list)
        else []
    )
    for key, inner in items:
        yield value, key
        yield from places(inner)


def twisted(tree: Any, chance: random.Random) -> Any:
    """A copy of the tree with some of its places changed."""
    tree = copy.deepcopy(tree)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        spots = list(places(tree))
        if not spots:
            return odd(chance)
        within, key = chance.choice(spots)
        match chance.randrange(6):
            case 0 | 1 | 2:
                within[key] = odd(chance)
            case 3:
                del within[key]
            case 4:
                other, other_key = chance.choice(spots)
                within[key] = (
                    copy.deepcopy(other[other_key]) if other_key in places_of(other) else odd(chance)
                )
            case _ if isinstance(within, dict):
                within[chance.choice(("x", "", "云", "\x1b[31m", "schema", "one", "x" * 3000))] = odd(chance)
            case _:
                within.append(copy.deepcopy(within[key]))
    many = [(within, key) for within, key in places(tree) if isinstance(within, list)]
    if many and chance.random() < 0.05:
        within, key = chance.choice(many)
        within += [within[key]] * 1200
    return tree


def places_of(within: Any) -> Any:
    """The keys or places that a container has now."""
    return within if isinstance(within, dict) else range(len(within))


def toml(value: Any) -> str:
    """A value in TOML, tables inline; what TOML has no form for as JSON has it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value.__format__("d") if abs(value) < 10**300 else "9" * 5000
    return json.dumps(value)


def toml_file(tree: Any) -> bytes:
    """A document in TOML."""
    if not isinstance(tree, dict):
        return toml(tree).encode("utf-8", "replace")
    lines = (f"{json.dumps(key)} = {toml(value)}\n" for key, value in tree.items())
    return "".join(lines).encode("utf-8", "replace")


def json_file(tree: Any) -> bytes:
    """A document in JSON."""
    return json.dumps(tree, ensure_ascii=False).encode("utf-8", "surrogatepass")


def rendered(briefing: Briefing, chance: random.Random, template: str) -> None:
    """All that a briefing is made into; no words of it may become markup."""
    languages: tuple[Language, ...] = ("zh", "en")
    language = chance.choice(languages)
    for format in ("html", "md", "txt"):
        content = TemplateRenderer(format, template)(briefing, language).content.decode()
        assert not DIRTY.search(content.replace("\n", "")), format
        assert format != "html" or TAG not in content, "markup"
    mail = MailRenderer(template)(briefing, language, Recipient(address="a@yunting.test"))
    assert TAG not in mail.html and "\n" not in mail.subject
    if chance.random() < PRINTED:
        PrintRenderer("pdf", template)(briefing, language)


def use_theme(folder: Path, data: bytes, chance: random.Random) -> None:
    (folder / "theme.toml").write_bytes(data)
    rendered(DAY, chance, str(folder))


def use_model(folder: Path, data: bytes, chance: random.Random) -> None:
    (folder / "model.toml").write_bytes(data)
    model = open_model_folder(folder)
    assert model.description("zh").isprintable() and model.size >= 0
    for message in model.damaged():
        assert not DIRTY.search(message.zh)
    model.checked()


def use_json(folder: Path, data: bytes, chance: random.Random) -> None:
    (folder / "briefing.json").write_bytes(data)
    briefing = load(folder / "briefing.json")
    str(news_key(briefing))
    again = JsonRenderer()(briefing, "zh").content
    (folder / "briefing.json").write_bytes(again)
    assert JsonRenderer()(load(folder / "briefing.json"), "zh").content == again
    rendered(briefing, chance, "classic")


def use_settings(folder: Path, data: bytes, chance: random.Random) -> None:
    (folder / "briefing.toml").write_bytes(data)
    settings({}, folder / "briefing.toml")


def use_recipients(folder: Path, data: bytes, chance: random.Random) -> None:
    (folder / "list.csv").write_bytes(data)
    for item in from_csv(folder / "list.csv"):
        text = item.source + item.message.zh if isinstance(item, Problem) else item.name + item.address
        assert not DIRTY.search(text), text


def model_files(folder: Path) -> bytes:
    """The files of a small model, and its card."""
    files = {"config.json": b"{}", "vocabulary.json": b'["x"]', "model.bin": b"\x06\0\0\0" * 40}
    card: dict[str, Any] = tomllib.loads((ROOT / "models/briefing-zh/model.toml").read_text("utf-8"))
    card["files"] = [
        {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    ]
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return toml_file(card)


Use = Callable[[Path, bytes, random.Random], None]
FORMATS: dict[str, tuple[Use, Callable[[Path], bytes], str]] = {
    "theme": (use_theme, lambda _: (ROOT / "templates/classic/theme.toml").read_bytes(), "toml"),
    "model": (use_model, model_files, "toml"),
    "json": (use_json, lambda _: JsonRenderer()(DAY, "zh").content, "json"),
    "settings": (use_settings, lambda _: (ROOT / "examples/briefing.toml").read_bytes(), "toml"),
    "recipients": (use_recipients, lambda _: "邮箱,姓名\na@yunting.test,林晚舟\n\"b@yunting.test\",\"顾 承安\"\n张三@例子.cn,\n".encode(), ""),
}  # fmt: skip


def case(good: bytes, kind: str, chance: random.Random) -> bytes:
    """A file made of the good one."""
    if not kind or chance.random() < 0.2:
        return mutilated(good, chance, [good])
    if kind == "toml":
        return toml_file(twisted(tomllib.loads(good.decode()), chance))
    return json_file(twisted(json.loads(good), chance))


def fuzz(name: str, seconds: float, seed: int) -> None:
    """Tries one format until the time is over."""
    use, good_file, kind = FORMATS[name]
    chance = random.Random(seed)
    cases = refused = 0
    slowest, ends = 0.0, time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        good = good_file(folder)
        use(folder, good, chance)
        while time.monotonic() < ends:
            data = case(good, kind, chance)
            begun = time.process_time()
            try:
                use(folder, data, chance)
            except BriefingError as error:
                assert error.hint is not None
                assert name == "settings" or not DIRTY.search(error.message.zh + error.message.en)
                refused += 1
            except BaseException:
                Path(f"fuzz-{name}.bin").write_bytes(data)
                raise
            cases += 1
            slowest = max(slowest, time.process_time() - begun)
            if slowest > SLOW:
                Path(f"fuzz-{name}.bin").write_bytes(data)
                raise SystemExit(f"{name}: {slowest:.1f} s")
    print(
        f"{name:10} {cases} cases in {seconds:.0f} s: {refused} refused, the slowest {slowest:.2f} s",
        flush=True,
    )


def compile_once() -> None:
    """Keeps compiled templates: what is tried is what stands in the files, not Jinja's compiler."""
    whole, kept = jinja2.Environment.compile, {}

    def compiled(self: jinja2.Environment, source: Any, *names: Any, **options: Any) -> Any:
        key = (self.autoescape, str(source), names)
        if key not in kept:
            kept[key] = whole(self, source, *names, **options)
        return kept[key]

    jinja2.Environment.compile = compiled  # type: ignore[method-assign]


def main() -> None:
    compile_once()
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("formats", nargs="*", default=[*FORMATS])
    ap.add_argument("--seconds", type=float, default=600)
    ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    for name in a.formats:
        fuzz(name, a.seconds, a.seed)


if __name__ == "__main__":
    main()
