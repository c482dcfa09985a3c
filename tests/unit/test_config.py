import pytest

from houston.config import database_settings, demo_settings, settings
from houston.errors import SettingsError

TOKENS = {"SLACK_APP_TOKEN": "xapp-1", "SLACK_BOT_TOKEN": "xoxb-1"}


def problems(environment: dict[str, str]) -> dict[str, str]:
    with pytest.raises(SettingsError) as refused:
        settings(environment)
    return refused.value.problems


def test_with_both_tokens_everything_else_has_a_default() -> None:
    found = settings(TOKENS)
    assert found.slack_api_url == "https://slack.com/api/"
    assert found.database_url == "sqlite:///data/houston.db"
    assert (found.houston_host, found.houston_port) == ("127.0.0.1", 3000)


def test_every_missing_variable_is_named_at_once_with_its_purpose() -> None:
    found = problems({})
    assert set(found) == {"SLACK_APP_TOKEN", "SLACK_BOT_TOKEN"}
    assert "Socket Mode" in found["SLACK_APP_TOKEN"]


def test_an_empty_variable_counts_as_missing() -> None:
    assert "is missing" in problems({**TOKENS, "SLACK_BOT_TOKEN": ""})["SLACK_BOT_TOKEN"]


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("SLACK_APP_TOKEN", "xoxb-1", "must start with xapp-"),
        ("SLACK_BOT_TOKEN", "xapp-1", "must start with xoxb-"),
        ("HOUSTON_PORT", "eighty", "integer"),
        ("HOUSTON_PORT", "70000", "65535"),
        ("HOUSTON_LOG_LEVEL", "LOUD", "WARNING"),
        ("HOUSTON_SECRET_KEY", "short", "base64 of 32 bytes"),
    ],
)
def test_a_wrong_value_is_named_by_variable_and_never_repeated(name: str, value: str, mend: str) -> None:
    found = problems({**TOKENS, name: value})
    assert set(found) == {name}
    assert mend in found[name]
    assert "input_value" not in found[name]


def test_the_demo_takes_nothing_of_the_environment_but_the_model() -> None:
    environment = {
        "SLACK_BOT_TOKEN": "xoxb-real",
        "HOUSTON_DATABASE_URL": "postgresql://real",
        "OPENAI_API_KEY": "sk-1",
        "HOUSTON_MODEL": "m",
    }
    found = demo_settings(
        environment,
        api_url="http://local/api/",
        app_token="xapp-demo",
        bot_token="xoxb-demo",
        data_dir=database_settings({}).houston_data_dir,
    )
    assert found.slack_bot_token == "xoxb-demo"
    assert found.houston_database_url is None
    assert (found.openai_api_key, found.houston_model) == ("sk-1", "m")
