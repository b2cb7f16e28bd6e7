"""Writers: drafts by the bundled model, by checkpoints in two formats, or by an endpoint."""
