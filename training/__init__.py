"""Training and checking of the light coder; nothing here is needed to run it."""
