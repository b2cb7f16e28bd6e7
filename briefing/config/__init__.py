"""Settings: flags over environment (BRIEFING_*) over briefing.toml; frozen, unknown names
refused.
"""

from .channels import ChannelSettings
from .files import FILE
from .job import ArchiveSettings, JobSettings
from .load import explicit_settings, settings
from .readers import ReaderSettings
from .room import ServeSettings
from .sections import OwnSection
from .settings import DkimSettings, MailSettings, OutputFormat, Settings

__all__ = [
    "FILE",
    "ArchiveSettings",
    "ChannelSettings",
    "DkimSettings",
    "JobSettings",
    "MailSettings",
    "OutputFormat",
    "OwnSection",
    "ReaderSettings",
    "ServeSettings",
    "Settings",
    "explicit_settings",
    "settings",
]
