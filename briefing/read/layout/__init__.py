"""A printed page's geometry becomes its stories: what stands on the page, rules and frames, columns, and what belongs together."""
