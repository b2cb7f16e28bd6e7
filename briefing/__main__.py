"""The program: python -m briefing, and the command `briefing`."""

from __future__ import annotations


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    from .cli.process import tidy_process

    with tidy_process():  # first of all: an interrupt while the rest is imported is no traceback either
        from .cli.main import app

        app(prog_name="briefing")


if __name__ == "__main__":
    main()
