"""The composition root: settings become objects here and only here; a file a command group."""
