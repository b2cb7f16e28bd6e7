"""Compiled templates are kept, each for its own source and language."""

from __future__ import annotations

from pathlib import Path

import pytest
from briefings import many

from briefing.render.compiled_templates import compiled_templates
from briefing.render.page import environment
from briefing.render.themes import find_theme


def test_a_template_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    theme, briefing = find_theme("txt", "classic", ()), many(2)
    compiled_templates.cache_clear()
    first = environment(theme, "txt", briefing, "zh").get_template(theme.main)
    other = environment(theme, "txt", briefing, "zh")
    monkeypatch.setattr(other, "compile", None)
    assert other.get_template(theme.main).root_render_func.__code__ == first.root_render_func.__code__


def test_what_changes_is_compiled_again_and_a_constant_is_in_its_language(tmp_path: Path) -> None:
    said = []
    for source in ('{{ "01" | page_name }}', '{{ "02" | page_name }}'):
        (tmp_path / "page.txt.j2").write_text(source, encoding="utf-8")
        theme = find_theme("txt", str(tmp_path), ())
        for language in ("zh", "en"):
            said.append(environment(theme, "txt", many(2), language).get_template(theme.main).render())
    assert len(set(said)) == 4, said
