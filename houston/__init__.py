"""The mind. `houston.assembly` puts its services together; importing this package imports nothing,
so that `app.py backtest` starts with numpy alone."""
