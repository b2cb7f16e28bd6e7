"""Drafts written by models: the shipped one, checkpoints in two formats, an endpoint."""
