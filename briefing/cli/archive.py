"""briefing archive: the editions that were made, listed, shown, searched and taken out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from ..errors import UsageError
from ..messages import Message, both
from . import console, options
from . import options_archive as archive_options
from . import options_serve as serve_options
from .command import Command, Group
from .language import say
from .usage import whole_number

if TYPE_CHECKING:
    from ..config import Settings
    from ..store.archive import Archive, Edition
    from ..types.archived import EditionEntry, Hit

app = typer.Typer(cls=Group, rich_markup_mode=None)
HELP = both(
    "列出、查看、搜索和导出存档的简报。", "List, show, search and export the briefings that were kept."
)
LIST = both("列出存档的各期。", "List the editions.")
SHOW = both(
    "显示一期，其中一条连同依据，或历次运行的报告。",
    "Show an edition, one of its stories with its evidence, or the reports of its runs.",
)
SEARCH = both(
    "搜索全部存档的报道，两个字的词也能找到。",
    "Search the stories of all editions, down to a single character.",
)
EXPORT = both("导出各期，每行一期 JSON。", "Print the editions, one a line of JSON.")
ADD = both(
    "把以前写出的 briefing-日期.json 放进存档。",
    "Put files briefing-DATE.json of earlier runs into the archive.",
)

SITE = both(
    "把阅览室写成一个文件夹，放到任何网页服务器上。",
    "Write the reading room as a folder of files, for any web server.",
)


@app.command("list", cls=Command, help=LIST)
def list_(
    context: typer.Context,
    since: archive_options.Since = None,
    until: archive_options.Until = None,
    name: archive_options.Name = None,
    as_json: options.Json = False,
    config: options.Config = None,
) -> int:
    """Prints a line for each edition, the newest first."""
    from ..app import archive as app

    with app.open_archive(options.chosen_settings(context, config)) as archive:
        _notes(archive)
        editions = app.listed(archive, app.within(since, until), name)
    if as_json:
        console.print_json([_entry_row(one) for one in editions])
    for edition in () if as_json else editions:
        count = say(f"{edition.stories} 条", f"{edition.stories} stories")
        console.echo(f"{edition.day}  {edition.name:10} {count:>10}  {edition.title}")
    if not editions and not as_json:
        console.talk(say("存档里还没有简报", "the archive is empty"))
    return 0


@app.command("show", cls=Command, help=SHOW)
def show(
    context: typer.Context,
    day: archive_options.Day = None,
    name: archive_options.Name = None,
    story: archive_options.Story = None,
    report: archive_options.Report = False,
    as_json: options.Json = False,
    config: options.Config = None,
) -> int:
    """Prints an edition, one story with its evidence and article, or the reports of the edition's runs."""
    from ..app import archive as app

    settings = options.chosen_settings(context, config)
    with app.open_archive(settings) as archive:
        _notes(archive)
        edition = app.edition_of(archive, day, name)
        if report:
            _print_reports(app.reports(archive, edition), settings, as_json)
        elif story is not None:
            number = whole_number(story, "--story", 1)
            told = app.story_of(edition, number)
            if as_json:
                console.print_json(app.story_as_dict(edition, number))
            else:
                console.echo(app.story_as_text(told, settings.lang))
        elif as_json:
            receipts = [
                {"channel": one.channel, "target": one.target, "state": one.state, "reply": one.reply}
                for one in archive.receipts(edition)
            ]
            console.print_json(_row(edition) | {"receipts": receipts, "briefing": app.as_dict(edition)})
        else:
            console.echo(app.as_text(edition, settings), end="")
    return 0


def _print_reports(reports: list[dict[str, Any]], settings: Settings, as_json: bool) -> None:
    """The newest first."""
    from ..app.report_text import report_text

    if as_json:
        console.print_json(reports)
    for report in () if as_json else reports:
        console.echo(report_text(report, settings.lang))
    if not reports:
        console.talk(
            say("没有运行的报告：这一期不是 briefing run 做的", "no reports: it was not made by briefing run")
        )


@app.command("search", cls=Command, help=SEARCH, context_settings={"ignore_unknown_options": True})
def search(
    context: typer.Context,
    words: archive_options.Query,
    since: archive_options.Since = None,
    until: archive_options.Until = None,
    section: archive_options.Section = None,
    paper: archive_options.Paper = None,
    newest: archive_options.Newest = False,
    limit: archive_options.Limit = None,
    as_json: options.Json = False,
    config: options.Config = None,
) -> int:
    """Prints the stories that were found; none is no mistake."""
    from ..app import archive as app
    from ..app.archive_library import ArchiveLibrary

    query, most = _query(words), whole_number(limit, "--limit", 1) if limit else 20
    settings = options.chosen_settings(context, config)
    with app.open_archive(settings) as archive:
        _notes(archive)
        within = app.within(since, until, section, paper)
        library = ArchiveLibrary(archive.database, settings)
        found = library.search(query, within, newest=newest, limit=most)
    if as_json:
        console.print_json([_found_row(one) for one in found.hits])
        return 0
    _print_found(found.hits, words)
    if found.total > len(found.hits):
        console.talk(say(f"共 {found.total} 条，显示 {most} 条", f"{found.total} stories, {most} shown"))
    return 0


@app.command("export", cls=Command, help=EXPORT)
def export(
    context: typer.Context,
    since: archive_options.Since = None,
    until: archive_options.Until = None,
    name: archive_options.Name = None,
    config: options.Config = None,
) -> int:
    """Prints each edition's JSON on a line, the oldest first."""
    from ..app import archive as app

    with app.open_archive(options.chosen_settings(context, config)) as archive:
        for entry in reversed(app.listed(archive, app.within(since, until), name)):
            if edition := archive.find(entry.day, entry.name):
                console.print_json(_row(edition) | {"briefing": app.as_dict(edition)})
    return 0


@app.command("add", cls=Command, help=ADD)
def add(
    context: typer.Context,
    files: archive_options.Editions,
    name: archive_options.Name = None,
    as_json: options.Json = False,
    config: options.Config = None,
) -> int:
    """Adds each file as the edition of its day; what is there already stays as it is."""
    from ..app import archive as app

    settings = options.chosen_settings(context, config)
    with app.open_archive(settings) as archive:
        _notes(archive)
        added = [app.add_file(archive, file, name or settings.job.edition, settings) for file in files]
    if as_json:
        console.print_json([_row(edition) | {"added": new} for edition, new in added])
        return 0
    for edition, new in added:
        words = say("放进了存档", "added") if new else say("存档里已有这一期", "is there already")
        console.echo(f"{edition.day}  {edition.name}  {words}")
    return 0


@app.command("site", cls=Command, help=SITE)
def site(
    context: typer.Context,
    out: serve_options.SiteFolder,
    as_json: options.Json = False,
    config: options.Config = None,
    lang: options.Lang = None,
) -> int:
    """Writes the site whole, or leaves what was there."""
    from ..app import archive as app
    from ..app.site import write_site

    settings = options.chosen_settings(context, config)
    with app.open_archive(settings) as archive:
        _notes(archive)
        count = write_site(archive, out, settings)
    if as_json:
        console.print_json({"folder": str(out), "files": count})
    else:
        console.echo(str(out))
    return 0


def _query(words: Sequence[str]) -> str:
    """The words of a query, which may begin with one hyphen, but with two they are options."""
    if unknown := next((word for word in words if word.startswith("--")), ""):
        raise UsageError(
            Message(f"没有选项 {unknown}", f"there is no option {unknown}"),
            Message("briefing archive search --help 显示用法", "see briefing archive search --help"),
        )
    return " ".join(words)


def _notes(archive: Archive) -> None:
    for note in archive.notes:
        console.problem(note)


def _row(edition: Edition) -> dict[str, Any]:
    return {
        "day": edition.day,
        "edition": edition.name,
        "title": edition.title,
        "made": edition.made,
        "stories": edition.count,
    }


def _entry_row(entry: EditionEntry) -> dict[str, Any]:
    return {
        "day": entry.day.isoformat(),
        "edition": entry.name,
        "title": entry.title,
        "made": entry.made,
        "stories": entry.stories,
    }


def _found_row(hit: Hit) -> dict[str, Any]:
    one = hit.story
    return {
        "day": one.day.isoformat(),
        "edition": one.name,
        "story": one.number,
        "section": one.section,
        "paper": one.paper or None,
        "page": one.page or None,
        "headline": one.headline,
        "gist": one.gist,
        "summary": one.summary,
        "excerpt": [{"text": text, "hit": found} for text, found in hit.excerpt],
    }


def _print_found(found: Sequence[Hit], words: Sequence[str]) -> None:
    """A line for each story, and beneath it where the words stand."""
    for hit in found:
        one = hit.story
        place = " ".join(filter(None, (one.paper, one.page)))
        title = one.headline or one.gist
        console.echo(f"{one.day} {one.name} {one.number:>3}  {title}  {place}".rstrip())
        if any(marked for _, marked in hit.excerpt):
            text = "".join(f"【{text}】" if marked else text for text, marked in hit.excerpt)
            console.echo("    " + " ".join(text.split()))
    if not found:
        console.talk(say(f"没有找到：{' '.join(words)}", f"nothing found: {' '.join(words)}"))
