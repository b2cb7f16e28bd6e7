"""The reading room: the archive's editions as pages, on a server or as files."""
