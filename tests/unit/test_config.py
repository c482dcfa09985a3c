import pytest

from houston.config import command_settings, demo_settings, settings
from houston.errors import SettingsError

TOKENS = {"SLACK_APP_TOKEN": "xapp-1", "SLACK_BOT_TOKEN": "xoxb-1"}
OAUTH = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "s",
    "SLACK_REDIRECT_URI": "https://houston.example.com/slack/oauth_redirect",
}


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
    found = problems({"SLACK_CLIENT_ID": "1.2", "HOUSTON_PORT": "eighty"})
    assert set(found) == {"SLACK_APP_TOKEN", "SLACK_CLIENT_SECRET", "SLACK_REDIRECT_URI", "HOUSTON_PORT"}
    assert "Socket Mode" in found["SLACK_APP_TOKEN"]
    assert "Redirect URLs" in found["SLACK_REDIRECT_URI"]


def test_an_empty_variable_counts_as_missing() -> None:
    assert "is missing" in problems({**TOKENS, "SLACK_APP_TOKEN": ""})["SLACK_APP_TOKEN"]


def test_a_bot_token_is_not_needed_where_workspaces_connect_by_oauth() -> None:
    found = settings({"SLACK_APP_TOKEN": "xapp-1", **OAUTH})
    assert found.slack_bot_token is None
    assert found.has_oauth
    assert found.consent_url == "https://slack.com/oauth/v2/authorize"
    assert found.public_url == "https://houston.example.com"


def test_the_consent_page_is_at_the_origin_of_another_slack() -> None:
    found = settings({**TOKENS, **OAUTH, "SLACK_API_URL": "http://127.0.0.1:3100/api/"})
    assert found.consent_url == "http://127.0.0.1:3100/oauth/v2/authorize"


def test_a_public_address_wins_over_the_redirects_origin() -> None:
    found = settings({**TOKENS, **OAUTH, "HOUSTON_PUBLIC_URL": "https://houston.example.org/"})
    assert found.public_url == "https://houston.example.org"


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("SLACK_APP_TOKEN", "xoxb-1", "must start with xapp-"),
        ("SLACK_BOT_TOKEN", "xapp-1", "must start with xoxb-"),
        ("HOUSTON_PORT", "eighty", "integer"),
        ("HOUSTON_PORT", "70000", "65535"),
        ("HOUSTON_LOG_LEVEL", "LOUD", "WARNING"),
        ("HOUSTON_SECRET_KEY", "short", "base64 of 32 bytes"),
        ("HOUSTON_PUBLIC_URL", "houston.example.com", "must be an address"),
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
        data_dir=command_settings({}).houston_data_dir,
    )
    assert found.slack_bot_token == "xoxb-demo"
    assert found.houston_database_url is None
    assert (found.openai_api_key, found.houston_model) == ("sk-1", "m")
