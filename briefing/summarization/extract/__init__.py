"""Extractive methods: candidate sentences, their scores, gists, evidence. Pure."""
