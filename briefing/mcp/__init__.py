"""A server of the Model Context Protocol: what programs with language models may ask."""
