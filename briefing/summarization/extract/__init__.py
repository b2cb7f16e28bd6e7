"""Sentences of the article itself: candidates and what they are worth, gist, evidence, methods
without a model. Pure."""
