"""How the shipped model is made: its base cut to Chinese, trained on news, exported. An extra;
nothing else imports it."""
