"""Bytes become pages of blocks; one file per kind of source."""
