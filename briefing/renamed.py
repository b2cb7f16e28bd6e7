"""Names of earlier versions that a plugin or a theme may still use, and what they are called
now.
"""

from __future__ import annotations

import re

MODULES = {
    "briefing.segment.titles": "briefing.segmentation.headline_score",
    "briefing.segment": "briefing.segmentation",
    "briefing.summarize": "briefing.summarization",
    "briefing.mailing": "briefing.app.mail",
    "briefing.read.sheet": "briefing.read.layout.print_page",
    "briefing.read.ruled": "briefing.read.layout.rules",
    "briefing.read.columns": "briefing.read.layout.columns",
    "briefing.read.geometry": "briefing.read.layout.stories",
    "briefing.render.press": "briefing.render.typst_printer",
    "briefing.render.sheet": "briefing.render.print_data",
    "briefing.render.node": "briefing.render.json_node",
    "briefing.render.gallery": "briefing.render.theme_catalog",
    "briefing.render.trial": "briefing.render.theme_check",
    "briefing.render.failure": "briefing.render.template_errors",
    "briefing.deliver.round": "briefing.deliver.send_queue",
}
NAMES = {
    "briefing.errors.Text": "briefing.messages.Message",
    "briefing.errors.Language": "briefing.messages.Language",
    "briefing.protocols.Near": "briefing.protocols.Resolver",
    "briefing.registry.model": "briefing.registry.find_model",
    "briefing.registry.bundled": "briefing.registry.bundled_models",
    "briefing.registry.Maker": "briefing.registry.SummarizerMaker",
    "briefing.pipeline.Edit": "briefing.pipeline.EditOptions",
    "briefing.pipeline.printed": "briefing.pipeline.fit_for_print",
    "briefing.pipeline.fitted": "briefing.pipeline.fit_to_pages",
    "briefing.text.masthead.edition_of": "briefing.text.masthead.page_number_of",
    "briefing.text.names.Kind": "briefing.text.names.NameKind",
    "briefing.text.words.han": "briefing.text.chars.is_han",
    "briefing.text.words.known": "briefing.text.words.is_known_word",
    "briefing.read.fetch.Manners": "briefing.read.fetch.FetchPolicy",
    "briefing.read.fetch.Answer": "briefing.read.fetch.Response",
    "briefing.read.sources.Desk": "briefing.read.sources.SourceReader",
    "briefing.read.sources.Reading": "briefing.read.sources.ReadingOptions",
    "briefing.deliver.smtp.Line": "briefing.deliver.smtp.SmtpConnection",
    "briefing.deliver.smtp.Fate": "briefing.deliver.smtp.DeliveryStatus",
    "briefing.deliver.outbox.Copy": "briefing.deliver.outbox.Delivery",
    "briefing.render.mail.Around": "briefing.render.mail.MailContext",
    "briefing.render.mail.Written": "briefing.render.mail.RenderedMail",
    "briefing.render.mail.Press": "briefing.render.mail.LetterRenderer",
}
SETTINGS: dict[str, str] = {}
"""Of briefing.toml, with their tables: "mail.old" to "mail.new". None has changed so far."""
ATTRIBUTES = {"page": "page_number"}
"""Of what a template sees: story.article.page."""


def new_import(error: ImportError) -> str | None:
    """What the module or name that could not be imported is called now; None where it was never
    ours.
    """
    module = error.name or ""
    for old, new in MODULES.items():
        if module == old or module.startswith(f"{old}."):
            return new
    name = re.search(r"cannot import name '(\w+)'", str(error))
    return NAMES.get(f"{module}.{name[1]}") if name else None
