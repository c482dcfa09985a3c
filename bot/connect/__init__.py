"""How Houston gets into a workspace and stays there: installs, tokens, connections."""
