"""Settings: flags over environment (BRIEFING_*) over briefing.toml; frozen, unknown names
refused.
"""

from .channels import ChannelSettings
from .files import FILE
from .job import ArchiveSettings, JobSettings
from .load import explicit_settings, settings
from .room import ServeSettings
from .settings import DkimSettings, MailSettings, OutputFormat, OwnSection, Settings

__all__ = [
    "FILE",
    "ArchiveSettings",
    "ChannelSettings",
    "DkimSettings",
    "JobSettings",
    "MailSettings",
    "OutputFormat",
    "OwnSection",
    "ServeSettings",
    "Settings",
    "explicit_settings",
    "settings",
]
