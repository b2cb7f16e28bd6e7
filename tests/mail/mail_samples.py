"""A reader, and letters in which every form of a story stands."""

from __future__ import annotations

from dataclasses import replace

from briefings import PROBLEM, briefing, many, story

from briefing.render.mail import MailContext, MailRenderer, RenderedMail
from briefing.types import Briefing, Form, Recipient, Section

READER = Recipient(address="lin@yunting.test", name="林晚舟")
PRINT = MailRenderer()


def written(
    day: Briefing | None = None, to: Recipient | None = None, around: MailContext | None = None
) -> RenderedMail:
    return PRINT(day or many(4), "zh", to, around)


def forms() -> Briefing:
    full, short, line, headline = (story(n, f"第{n}条标题") for n in range(1, 5))
    line = replace(line, form=Form.LINE, summary=replace(line.summary, gist="一句话新闻的要点"))
    stories = (full, replace(short, form=Form.SHORT), line, replace(headline, form=Form.HEADLINE))
    section = Section(name="要闻", stories=stories, more=7)
    return replace(briefing(full, problems=(PROBLEM,)), sections=(section,), more_problems=2)
