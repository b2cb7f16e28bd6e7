"""Chinese text: sentences, numbers."""
