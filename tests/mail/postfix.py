"""Debian's Postfix and Dovecot on loopback, for a test: own ports, all their files in one temporary folder.

Postfix takes mail on a submission port (STARTTLS and a password required, checked by Dovecot), and hands it to Dovecot's
LMTP; Dovecot shows the mailboxes by IMAP over TLS.
"""

from __future__ import annotations

import pwd
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

DOMAIN = "yunting.test"
PROGRAMS = ("/usr/sbin/postfix", "/usr/sbin/dovecot", "/usr/lib/dovecot/lmtp", "/usr/lib/dovecot/imap")

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/postfix-data
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
myhostname = mx.{domain}
mydestination =
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = static:all
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{sasl}
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_tls_chain_files = {folder}/server.pem
smtputf8_enable = yes
alias_maps =
alias_database =
"""
MASTER = """
127.0.0.1:{smtp} inet n - n - - smtpd
cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 300 1 qmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
verify    unix - - n - 1 verify
flush     unix n - n 1000? 0 flush
proxymap  unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
error     unix - - n - - error
retry     unix - - n - - error
discard   unix - - n - - discard
lmtp      unix - - n - - lmtp
smtp      unix - - n - - smtp
anvil     unix - - n - 1 anvil
scache    unix - - n - 1 scache
tlsmgr    unix - - n 1000? 1 tlsmgr
postlog   unix-dgram n - n - 1 postlogd
"""
DOVECOT = """
protocols = imap lmtp
base_dir = {folder}/dovecot
state_dir = {folder}/dovecot-state
log_path = {folder}/dovecot.log
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.pem
mail_location = maildir:{folder}/mail/%u
mail_uid = mail
mail_gid = mail
first_valid_uid = 1
auth_mechanisms = plain login
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/mail/%u allow_all_users=yes
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {imap}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service auth {{
  inet_listener sasl {{
    address = 127.0.0.1
    port = {sasl}
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
"""


def missing() -> str:
    """Why they cannot be run here; empty where they can."""
    import os

    absent = [name for name in PROGRAMS if not Path(name).exists()]
    if absent:
        return f"not installed: {', '.join(absent)} (Debian: postfix dovecot-imapd dovecot-lmtpd)"
    return "" if os.geteuid() == 0 else "Postfix is started by root only"


@dataclass(frozen=True)
class House:
    """The ports of a running pair."""

    folder: Path
    smtp: int
    imap: int
    ca: Path

    def log(self) -> str:
        """What both wrote, for a failing test."""
        return "\n".join(p.read_text(errors="replace") for p in sorted(self.folder.glob("*.log")))


def started(folder: Path, password: str, pem: bytes, ca: Path) -> House:
    """Starts both; `folder` must be one that everybody may enter."""
    ports = dict(zip(("smtp", "imap", "lmtp", "sasl"), _free(4), strict=True))
    values = {"folder": folder, "domain": DOMAIN, "password": password, **ports}
    (folder / "server.pem").write_bytes(pem)
    etc = folder / "postfix"
    for name in ("postfix", "postfix-data", "spool", "mail", "dovecot-state"):
        (folder / name).mkdir()
    owner = pwd.getpwnam("postfix")
    shutil.chown(folder / "postfix-data", owner.pw_uid)
    shutil.chown(folder / "mail", "mail", "mail")
    (etc / "main.cf").write_text(MAIN.format(**values))
    (etc / "master.cf").write_text(MASTER.format(**values))
    (folder / "dovecot.conf").write_text(DOVECOT.format(**values))
    _run(folder, "/usr/sbin/dovecot", "-c", folder / "dovecot.conf")
    _run(folder, "/usr/sbin/postfix", "-c", etc, "start")
    return House(folder=folder, smtp=ports["smtp"], imap=ports["imap"], ca=ca)


def stopped(folder: Path) -> None:
    """Stops both, by their own commands and configuration."""
    for words in (
        ("/usr/sbin/postfix", "-c", folder / "postfix", "stop"),
        ("/usr/bin/doveadm", "-c", folder / "dovecot.conf", "stop"),
    ):
        subprocess.run([str(word) for word in words], capture_output=True, check=False, timeout=60)


def _run(folder: Path, *words: object) -> None:
    """Runs a command that leaves a daemon behind, which would keep a pipe open for ever."""
    with (folder / "start.log").open("w") as log:
        run = subprocess.run([str(word) for word in words], stdout=log, stderr=log, check=False, timeout=60)
    assert run.returncode == 0, f"{words}: {(folder / 'start.log').read_text()}"


def _free(n: int) -> list[int]:
    """Ports that nobody uses."""
    probes = [socket.socket() for _ in range(n)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports
