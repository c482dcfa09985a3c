"""How charts look. matplotlib is used here and in bot/views/chart.py only."""
