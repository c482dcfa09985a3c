from tests.e2e.conftest import slack

__all__ = ["slack"]
