"""Answers as an outside judge would write them over Houston's tool results: true ones, and lies."""
