"""Settings: flags over environment (BRIEFING_*) over briefing.toml; frozen, unknown names
refused.
"""

from .load import FILE, explicit_settings, settings
from .settings import DkimSettings, MailSettings, OutputFormat, OwnSection, Settings

__all__ = [
    "FILE",
    "DkimSettings",
    "MailSettings",
    "OutputFormat",
    "OwnSection",
    "Settings",
    "explicit_settings",
    "settings",
]
