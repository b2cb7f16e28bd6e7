"""An article becomes a summary: verify (is it true?), extract (sentences of its own), generate
(drafts), the choosing on top."""
