"""Patterns that are compiled on first use."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
import re
from typing import Any

import pytest

import briefing
from briefing.text.lazy_pattern import _Lazy, lazy_pattern

ROOMS = ("briefing.text", "briefing.segmentation", "briefing.summarization", "briefing.read")


def test_it_is_compiled_once_and_on_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    real = re.compile

    def counted(source: str, flags: int = 0) -> Any:
        compiled.append(source)
        return real(source, flags)

    monkeypatch.setattr(re, "compile", counted)
    one = lazy_pattern("(云汀|罗岚)市", re.MULTILINE)
    assert compiled == []
    found = one.search("在罗岚市")
    assert found and found[1] == "罗岚"
    assert one.sub("港", "云汀市") == "港" and one.fullmatch("云汀市县") is None
    assert one.findall("云汀市罗岚市") == ["云汀", "罗岚"]
    assert compiled == ["(云汀|罗岚)市"]
    assert one.pattern == "(云汀|罗岚)市" and one.groups == 1


def test_it_can_be_sent_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(lazy_pattern("a+", re.IGNORECASE)))
    assert sent.fullmatch("AAa")


def test_what_is_no_pattern_says_so_on_first_use() -> None:
    wrong = lazy_pattern("(")
    with pytest.raises(re.error):
        wrong.match("x")


def test_every_pattern_of_the_package_compiles() -> None:
    found = 0
    for module in pkgutil.walk_packages(briefing.__path__, "briefing."):
        if module.name.startswith(ROOMS):
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, _Lazy):
                    assert value.pattern is not None
                    found += 1
    assert found > 200
