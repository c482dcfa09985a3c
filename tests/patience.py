"""How long a test waits for what is sure to come."""

PATIENCE = 30
"""Seconds. Costs nothing where all is well; a busy machine may need many."""
