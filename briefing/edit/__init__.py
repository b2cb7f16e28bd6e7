"""From stories to a briefing: pure functions."""
