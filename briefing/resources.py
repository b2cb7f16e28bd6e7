"""The folders of the bundled templates and models, in a checkout and in a wheel.

Knows the two places where they can be; knows nothing of their content.
"""

from __future__ import annotations

from pathlib import Path

from .errors import BriefingError, ModelError, TemplateError
from .messages import Message

_PACKAGE = Path(__file__).resolve().parent


def templates_dir() -> Path:
    """The folder with one folder per bundled theme; raises TemplateError where the installation
    lacks it.
    """
    return _find("templates", TemplateError)


def models_dir() -> Path:
    """The folder with one folder per bundled model; raises ModelError where the installation lacks
    it.
    """
    return _find("models", ModelError)


def _find(name: str, error: type[BriefingError]) -> Path:
    """The bundled folder `name`.

    Inside the package first; beside it only in a checkout, recognized by its pyproject.toml:
    otherwise a stranger's `site-packages/models` could be taken for ours.
    """
    inside = _PACKAGE / "_bundled" / name
    if inside.is_dir():
        return inside
    beside = _PACKAGE.parent / name
    if beside.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file():
        return beside
    raise error(
        Message(
            zh=f"程序自带的 {name} 文件夹不见了（应在 {inside}）",
            en=f"the bundled {name} folder is missing (expected at {inside})",
        ),
        Message(
            zh="安装可能不完整，请重新安装：pip install --force-reinstall briefing",
            en="the installation looks incomplete; reinstall it: pip install --force-reinstall briefing",
        ),
    )
