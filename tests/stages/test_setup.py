"""From nothing to a job: init, config, doctor, schedule, and where settings are looked for."""

from __future__ import annotations

import json
import os
import plistlib
import shutil
import stat
import subprocess
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from command import run_briefing

from briefing.app.init import Answers, settings_text
from briefing.app.schedule import Plan, cron_lines, plan, units, with_own_lines, without_own_lines
from briefing.cli.main import app as program
from briefing.config import Settings, settings
from briefing.config.files import PATHS, PLACES, SOURCES, settings_file, user_file
from briefing.config.mistakes import _every_setting
from briefing.errors import UsageError

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "examples/pages"
POSIX = pytest.mark.skipif(os.name != "posix", reason="owners and shells of POSIX")


def briefing(*words: object, cwd: Path, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("BRIEFING_", "LANG", "LC_", "XDG_"))}
    more = {"PYTHONPATH": str(ROOT), "HOME": str(cwd), "BRIEFING_MODEL": "extract"} | env
    return run_briefing(*words, cwd=cwd, stdin=stdin, env=clean | more)


# Where settings are


def test_the_nearest_file_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert settings_file() is None
    user_file().parent.mkdir(parents=True, exist_ok=True)
    user_file().write_text("", encoding="utf-8")
    assert settings_file() == user_file()
    (tmp_path / "briefing.toml").write_text("", encoding="utf-8")
    assert settings_file() == tmp_path / "briefing.toml"
    (inner / "briefing.toml").write_text("", encoding="utf-8")
    assert settings_file() == Path("briefing.toml")
    user_file().unlink()


@POSIX
def test_a_strangers_file_in_a_parent_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inner").mkdir()
    file = tmp_path / "briefing.toml"
    file.write_text("title = 5", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "inner")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert settings_file() == file
    if os.getuid() == 0:
        os.chown(file, 12345, 12345)
        assert settings_file() is None


def test_nothing_above_the_home_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home" / "inner").mkdir(parents=True)
    (tmp_path / "briefing.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for folder in ("home", "home/inner"):
        monkeypatch.chdir(tmp_path / folder)
        assert settings_file() is None


def test_relative_paths_count_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "desk").mkdir()
    file = tmp_path / "desk" / "morning.toml"
    file.write_text(
        'sources = ["pages", "/abs", "https://a.cn/x", "-", "~/p"]\nout = "out"\ntemplate = "./mine"\nmodel = "extract"\n'
        '[mail]\nrecipients = "r.csv"\n[archive]\ndatabase = "postgresql://u@h/d"\n',
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    found = settings({}, Path("desk/morning.toml"))
    assert found.sources == ("desk/pages", "/abs", "https://a.cn/x", "-", "~/p")
    assert (found.out, found.template, found.mail.recipients) == (
        Path("desk/out"),
        "desk/mine",
        Path("desk/r.csv"),
    )
    assert found.archive.database == "postgresql://u@h/d"
    monkeypatch.chdir(tmp_path / "desk")
    assert settings({}, Path("morning.toml")).out == Path("out")


def test_every_path_among_the_settings_is_known_as_one() -> None:
    known = PATHS | PLACES | {SOURCES}
    for path, field in _every_setting(Settings):
        if "Path" in str(field.annotation) or "expand_home" in str(field.metadata):
            assert path in known, path
    assert {path for path, _ in _every_setting(Settings)} >= known


# init


def test_answers_become_a_file_that_the_settings_take(tmp_path: Path) -> None:
    odd = Answers(
        sources=('a "b"\\c', "https://x.cn/{date:%Y%m/%d}"), title="云汀\n简报\x7f", to=("张三 <a@b.cn>",), host="h", sender="d@b.cn"
    )  # fmt: skip
    for language in ("zh", "en"):
        file = tmp_path / f"{language}.toml"
        file.write_text(settings_text(odd, language), encoding="utf-8")  # type: ignore[arg-type]
        found = settings({}, file)
        assert found.sources[1] == odd.sources[1]
        assert found.sources[0].endswith(odd.sources[0])
        assert (found.title, found.mail.to, found.mail.host, found.mail.sender) == (
            odd.title,
            odd.to,
            "h",
            "d@b.cn",
        )
    with pytest.raises(UsageError):
        settings_text(Answers(sources=("x",), title="x", formats=("docx",)), "zh")


def test_init_writes_once(tmp_path: Path) -> None:
    first = briefing("init", "--yes", "--sources", PAGES, "--title", "云汀", cwd=tmp_path)
    assert (first.returncode, first.stdout) == (0, "briefing.toml\n")
    text = (tmp_path / "briefing.toml").read_text("utf-8")
    again = briefing("init", "--yes", "--title", "别的", cwd=tmp_path)
    assert again.returncode == 2 and "--force" in again.stderr
    assert (tmp_path / "briefing.toml").read_text("utf-8") == text
    assert briefing("init", "--yes", "--title", "别的", "--force", cwd=tmp_path).returncode == 0
    assert "别的" in (tmp_path / "briefing.toml").read_text("utf-8")


def test_init_does_not_wait_where_nobody_is(tmp_path: Path) -> None:
    done = briefing("init", cwd=tmp_path)
    assert done.returncode == 2 and "--yes" in done.stderr
    assert not (tmp_path / "briefing.toml").exists()
    bad = briefing("init", "--yes", "--format", "docx", cwd=tmp_path)
    assert bad.returncode == 2 and "docx" in bad.stderr
    assert not (tmp_path / "briefing.toml").exists()


def test_init_refuses_a_time_that_is_none(tmp_path: Path) -> None:
    done = briefing("init", "--yes", "--at", "25:99", cwd=tmp_path)
    assert done.returncode == 2 and "25:99" in done.stderr
    assert not (tmp_path / "briefing.toml").exists()


def test_init_refuses_an_address_that_is_none(tmp_path: Path) -> None:
    done = briefing("init", "--yes", "--to", "nobody", "--host", "h", cwd=tmp_path)
    assert done.returncode == 2 and "nobody" in done.stderr
    assert not (tmp_path / "briefing.toml").exists()


def test_what_to_do_next_names_a_file_that_is_elsewhere(tmp_path: Path) -> None:
    done = briefing("init", "--yes", "the desk/b.toml", cwd=tmp_path)
    assert done.returncode == 0
    assert "doctor --config 'the desk/b.toml'" in " ".join(done.stderr.split())


def test_one_logs_in_by_the_address_of_the_sender() -> None:
    text = settings_text(
        Answers(sources=("x",), title="x", to=("a@b.cn",), host="h.cn", sender="云汀 <desk@b.cn>"), "zh"
    )
    mail = tomllib.loads(text)["mail"]
    assert (mail["user"], mail["from"]) == ("desk@b.cn", "云汀 <desk@b.cn>")


# config


def test_config_tells_where_each_value_comes_from(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text(
        'title = "云汀"\n[job]\nwebhook = "https://hooks.example.cn/s3cret"\n[archive]\ndatabase = "postgresql://u:pw@h/d"\n',
        encoding="utf-8",
    )
    done = briefing("config", "show", "--json", cwd=tmp_path, BRIEFING_MAIL__PORT="25")
    shown = json.loads(done.stdout)
    assert shown["title"] == {"value": "云汀", "from": "file"}
    assert shown["mail.port"] == {"value": 25, "from": "variable"}
    assert shown["pages"] == {"value": 1, "from": "default"}
    assert set(shown) >= {".".join(path) for path, _ in _every_setting(Settings) if len(path) == 1} - {
        "mail",
        "job",
        "archive",
        "serve",
    }
    plain = briefing("config", "show", cwd=tmp_path).stdout
    assert "s3cret" not in done.stdout + plain and ":pw" not in done.stdout + plain


@pytest.mark.parametrize(
    ("text", "words"),
    [("titel = 'x'", "title"), ("[job]\ncatchup = 1", "catch_up"), ("[job]\ntimezone = 'Mars'", "Asia/Shanghai"), ("[archive]\nfile = 1", "database")],
)  # fmt: skip
def test_config_check_names_the_nearest_right_key(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "briefing.toml").write_text(text, encoding="utf-8")
    done = briefing("config", "check", cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr and "briefing.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_config_path(tmp_path: Path) -> None:
    assert briefing("config", "path", cwd=tmp_path).returncode == 1
    assert briefing("config", "check", cwd=tmp_path).returncode == 2
    (tmp_path / "briefing.toml").write_text("", encoding="utf-8")
    assert briefing("config", "path", cwd=tmp_path).stdout.strip() == str(tmp_path / "briefing.toml")
    assert briefing("config", "check", cwd=tmp_path).returncode == 0


# doctor


def test_doctor_finds_each_thing_on_its_own(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text(
        f"sources = [{json.dumps(str(PAGES))}, 'nowhere', 'http://127.0.0.1:1/x']\nallow_private = true\n"
        "[mail]\nhost = '127.0.0.1'\nport = 1\nsecurity = 'none'\nto = ['a@b.cn']\nfrom = 'd@b.cn'\n"
        "[[channels]]\nname = 'desk'\nkind = 'wecom'\naddress = 'http://127.0.0.1:1/t0ken'\n"
        "[job]\nwebhook = 'http://127.0.0.1:1/hook'\n[archive]\ndatabase = 'a.sqlite3'\n",
        encoding="utf-8",
    )
    done = briefing("doctor", "--json", cwd=tmp_path)
    found = json.loads(done.stdout)
    assert done.returncode == 1
    states = [(one["name"], one["state"]) for one in found]
    assert states.count(("来源", "failed")) == 2
    assert {
        ("时钟", "ok"),
        ("模型", "ok"),
        ("模板和字体", "ok"),
        ("来源", "ok"),
        ("存档", "ok"),
        ("邮件", "failed"),
        ("群 desk", "failed"),
        ("通知", "failed"),
    } <= set(states)
    assert all(one["hint"] for one in found if one["state"] == "failed")
    assert "Traceback" not in done.stderr
    assert "t0ken" not in done.stdout


def test_doctor_is_content(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text(f"sources = [{json.dumps(str(PAGES))}]", encoding="utf-8")
    done = briefing("doctor", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "不行" not in done.stdout


# schedule

ODD = Plan(
    hour=6,
    minute=5,
    timezone="Asia/Shanghai",
    command=("/a b/brief%ing", "run", "it's"),
    folder=Path("/a b/50%"),
)


def test_a_unit_of_systemd_escapes_what_it_must() -> None:
    service, timer = units("systemd", ODD)
    assert 'ExecStart="/a b/brief%%ing" run "it\'s"' in service.content
    assert "WorkingDirectory=/a b/50%%" in service.content
    assert "OnCalendar=*-*-* 06:05:00 Asia/Shanghai" in timer.content
    assert "Persistent=true" in timer.content


def test_a_line_of_cron_escapes_what_it_must() -> None:
    lines = cron_lines(ODD)
    assert lines[2] == "5 6 * * * '/a b/brief\\%ing' run 'it'\"'\"'s'"
    assert lines[1] == "CRON_TZ=Asia/Shanghai"


def test_a_property_list_of_launchd() -> None:
    (unit,) = units("launchd", ODD)
    found = plistlib.loads(unit.content.encode())
    assert found["ProgramArguments"] == list(ODD.command)
    assert found["StartCalendarInterval"] == [{"Hour": 6, "Minute": 5}]


LATER = replace(ODD, sends=((8, 0), (19, 30)), sending=("/b/briefing", "outbox", "send"))


def test_what_waits_for_its_readers_hours_has_times_of_its_own() -> None:
    hours = ("07:00-22:00", "06:00-09:00", "20:00-22:00", "20:00", "22:00-07:00")
    found = plan("06:40", "Asia/Shanghai", Path("briefing.toml"), hours)
    assert found.sends == ((7, 0), (20, 0)), "the others have their hour when the job runs"
    assert found.sending[-5:-2] == ("outbox", "send", "--quiet")
    _, _, service, timer = units("systemd", LATER)
    assert "ExecStart=/b/briefing outbox send" in service.content and service.path.stem == timer.path.stem
    assert timer.content.count("OnCalendar=") == 2 and "19:30:00 Asia/Shanghai" in timer.content
    assert cron_lines(LATER)[3:5] == [
        "0 8 * * * /b/briefing outbox send",
        "30 19 * * * /b/briefing outbox send",
    ]
    _, unit = units("launchd", LATER)
    told = plistlib.loads(unit.content.encode())
    assert told["StartCalendarInterval"] == [{"Hour": 8, "Minute": 0}, {"Hour": 19, "Minute": 30}]
    assert told["Label"] == unit.path.stem


def test_a_crontab_keeps_what_others_wrote() -> None:
    theirs = "MAILTO=a\n0 1 * * * x\n"
    once = with_own_lines(theirs, cron_lines(ODD))
    assert with_own_lines(once, cron_lines(ODD)) == once
    assert without_own_lines(once) == theirs
    assert without_own_lines(theirs) == theirs


def test_a_mark_without_its_end_takes_nothing_along() -> None:
    begin, _, line, end = cron_lines(ODD)
    for broken in (f"{begin}\n0 1 * * * x\n", f"0 1 * * * x\n{end}\n", f"{end}\n0 1 * * * x\n{begin}\n"):
        assert without_own_lines(broken) == broken
    assert without_own_lines(f"{begin}\n0 1 * * * x\n{begin}\n{line}\n{end}\n") == f"{begin}\n0 1 * * * x\n"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    folder = tmp_path / "a 'b' $x 50%"
    folder.mkdir()
    program = folder / "brief ing"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    job = Plan(hour=6, minute=5, timezone="Asia/Shanghai", command=(str(program), 'a "b"'), folder=folder)
    for unit in units("systemd", job):
        (tmp_path / unit.path.name).write_text(unit.content, encoding="utf-8")
    verify = ["systemd-analyze", "verify", "--man=no", str(tmp_path / "briefing.timer")]
    done = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("at", ["24:00", "6", "06:60", "", "早上六点"])
def test_odd_times_are_refused(at: str) -> None:
    with pytest.raises(UsageError):
        plan(at, "Asia/Shanghai", Path("briefing.toml"))


@POSIX
def test_a_crontab_is_changed_and_changed_back(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / "crontab"
    script.write_text(
        '#!/bin/sh\n[ "$1" = -l ] && { cat "$HOME/table"; exit; }\ncat > "$HOME/table"\n', encoding="utf-8"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "table").write_text("0 1 * * * x\n", encoding="utf-8")
    (tmp_path / "briefing.toml").write_text("", encoding="utf-8")
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    for _ in range(2):
        assert (
            briefing(
                "schedule", "install", "--system", "cron", "--at", "7:30", cwd=tmp_path, PATH=path
            ).returncode
            == 0
        )
    table = (tmp_path / "table").read_text("utf-8")
    assert table.count("30 7 * * *") == 1 and str(tmp_path / "briefing.toml") in table
    assert briefing("schedule", "remove", "--system", "cron", cwd=tmp_path, PATH=path).returncode == 0
    assert (tmp_path / "table").read_text("utf-8") == "0 1 * * * x\n"
    assert briefing("schedule", "remove", "--system", "cron", cwd=tmp_path, PATH=path).returncode == 0


@POSIX
def test_a_crontab_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    script = tmp_path / "crontab"
    script.write_text(
        '#!/bin/sh\n[ "$1" = -l ] && { echo "you may not use crontab" >&2; exit 1; }\ntouch "$HOME/written"\n',
        encoding="utf-8",
    )
    script.chmod(0o755)
    (tmp_path / "briefing.toml").write_text("", encoding="utf-8")
    path = f"{tmp_path}:{os.environ['PATH']}"
    done = briefing("schedule", "install", "--system", "cron", cwd=tmp_path, PATH=path)
    assert done.returncode == 5 and "may not use" in done.stderr
    assert not (tmp_path / "written").exists()


@POSIX
def test_timers_of_systemd_are_put_in_and_taken_out(tmp_path: Path) -> None:
    script = tmp_path / "systemctl"
    script.write_text('#!/bin/sh\necho "$@" >> "$HOME/told"\n', encoding="utf-8")
    script.chmod(0o755)
    reader = "[[reader]]\nname = 'zhang'\nhours = '08:00'\n"
    (tmp_path / "briefing.toml").write_text(reader, encoding="utf-8")
    path = f"{tmp_path}:{os.environ['PATH']}"
    theirs = tmp_path / ".config/systemd/user/other.timer"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("", encoding="utf-8")
    done = briefing("schedule", "install", "--system", "systemd", cwd=tmp_path, PATH=path)
    assert done.returncode == 0, done.stderr
    assert len(list(theirs.parent.iterdir())) == 5 and "08:00" in done.stderr
    told = (tmp_path / "told").read_text("utf-8")
    assert "--user enable --now briefing.timer briefing-send.timer" in told
    (tmp_path / "briefing.toml").write_text("", encoding="utf-8")
    assert briefing("schedule", "install", "--system", "systemd", cwd=tmp_path, PATH=path).returncode == 0
    assert len(list(theirs.parent.iterdir())) == 3, "nobody has hours any more"
    assert "--user disable --now briefing-send.timer" in (tmp_path / "told").read_text("utf-8")
    assert briefing("schedule", "remove", "--system", "systemd", cwd=tmp_path, PATH=path).returncode == 0
    assert list(theirs.parent.iterdir()) == [theirs]
    assert "--user disable --now briefing.timer" in (tmp_path / "told").read_text("utf-8")


def test_there_is_nothing_to_schedule_without_settings(tmp_path: Path) -> None:
    done = briefing("schedule", "print", cwd=tmp_path)
    assert done.returncode == 2 and "briefing init" in done.stderr


def test_the_commands_are_there() -> None:
    groups = {group.name for group in program.registered_groups}
    commands = {command.name for command in program.registered_commands}
    assert {"config", "schedule", "archive"} <= groups
    assert {"init", "doctor", "run"} <= commands
