"""Training of the bundled model: cut its base to Chinese, fine-tune on news, export. An extra that
nothing else imports."""
