"""Fact checks: numbers, names and claims of a summary that its article does not state. Pure."""
