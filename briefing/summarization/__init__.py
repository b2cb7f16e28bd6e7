"""Article to summary: extract (the article's own sentences), generate (drafts by models), verify
(fact checks), and on top the choice among drafts."""
