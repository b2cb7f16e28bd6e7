"""An article becomes a summary; one method a file."""
