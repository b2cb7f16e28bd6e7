"""What a Jinja template raised, as an expected failure: file, line, what is wrong, and what to do.

Knows Jinja's exceptions and how it marks the frames of compiled templates; knows nothing of how a
page is rendered.
"""

from __future__ import annotations

import re

from ..errors import TemplateError
from ..messages import Message
from ..renamed import ATTRIBUTES
from .themes import Theme


def template_error(error: Exception, theme: Theme) -> TemplateError:
    """The TemplateError for whatever a template of `theme` raised."""
    from jinja2 import TemplateSyntaxError

    if isinstance(error, TemplateError):  # of a file that a theme may not use
        return TemplateError(error.message, error.hint)
    file, line = _error_position(error)
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename or error.name or file, error.lineno
    what, hint = _explain(error, theme)
    place = f"{file}:{line}" if line else file or theme.main
    return TemplateError(Message(zh=f"{place}：{what.zh}", en=f"{place}: {what.en}"), hint)


def _error_position(error: Exception) -> tuple[str, int]:
    """The template file and line at which `error` was raised; ("", 0) where no template was
    running.

    Jinja rewrites the frames of compiled templates so that they name the template's file and line,
    and leaves `__jinja_exception__` in their globals; the innermost such frame is the position.
    """
    place = ("", 0)
    trace = error.__traceback__
    while trace is not None:
        if "__jinja_exception__" in trace.tb_frame.f_globals:
            place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return place


def _explain(error: Exception, theme: Theme) -> tuple[Message, Message]:
    """What is wrong, and what to do."""
    from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
    from jinja2.exceptions import SecurityError

    match error:
        case TemplateSyntaxError():
            return _syntax_error(error.message or "")
        case UndefinedError():
            return _undefined_name(error.message or "")
        case TemplateNotFound():
            return _missing_template(
                ", ".join(getattr(error, "templates", None) or [error.name or str(error)]), theme
            )
        case SecurityError():
            return _forbidden_access(str(error))
        case MemoryError():
            return _out_of_memory()
        case _:
            return _failed_template(f"{type(error).__name__}: {error}")


def _syntax_error(message: str) -> tuple[Message, Message]:
    return (
        Message(zh=f"模板语法有误：{message}", en=f"syntax error: {message}"),
        Message(zh="请改正这一行的模板语法", en="correct the template syntax in this line"),
    )


def _undefined_name(message: str) -> tuple[Message, Message]:
    match = re.search(r"has no (?:attribute|element) (.+)$", message) or re.search(
        r"^(.+) is undefined", message
    )
    name = match[1].strip("'") if match else message
    what = Message(zh=f"“{name}”没有定义（{message}）", en=f"{name!r} is undefined ({message})")
    if name in ATTRIBUTES and "Article" in message:
        new = ATTRIBUTES[name]
        return what, Message(
            zh=f"它现在叫 {new}，请改模板", en=f"it is now called {new}: change the template"
        )
    return (
        what,
        Message(
            zh="模板里可用的是 briefing、labels 和 language，请核对拼写",
            en="a template sees briefing, labels and language: check the spelling",
        ),
    )


def _missing_template(names: str, theme: Theme) -> tuple[Message, Message]:
    folders = ", ".join(str(folder) for folder in (*theme.folders, theme.bundled))
    return (
        Message(zh=f"找不到模板 {names}", en=f"there is no template {names}"),
        Message(zh=f"请把它放进模板文件夹：{folders}", en=f"put it into a template folder: {folders}"),
    )


def _forbidden_access(message: str) -> tuple[Message, Message]:
    return (
        Message(zh=f"模板不允许这样做：{message}", en=f"a template may not do this: {message}"),
        Message(
            zh="模板在沙箱中运行，只能读取简报的内容",
            en="templates run in a sandbox and reach nothing but the briefing",
        ),
    )


def _out_of_memory() -> tuple[Message, Message]:
    return (
        Message(zh="模板占用太多内存", en="the template takes too much memory"),
        Message(zh="请检查这一行里文字的长度", en="check the length of the text in this line"),
    )


def _failed_template(reason: str) -> tuple[Message, Message]:
    return (
        Message(zh=f"模板运行出错：{reason}", en=f"the template failed: {reason}"),
        Message(
            zh="请检查这一行；模板文件应为 UTF-8 编码", en="check this line; template files are in UTF-8"
        ),
    )
