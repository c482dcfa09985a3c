"""Every environment variable that Houston knows, and the only place that reads them."""

import base64
import binascii
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from houston.errors import SettingsError

KEY_BYTES = 32
PURPOSES = {
    "SLACK_APP_TOKEN": "the app-level token (xapp-…) that Socket Mode connects with; Slack app settings, "
    "Basic Information, App-Level Tokens, scope connections:write",
    "SLACK_BOT_TOKEN": "the bot token (xoxb-…) of your workspace; Slack app settings, OAuth & Permissions",
}


def _slack_token(prefix: str) -> Any:
    def check(value: str) -> str:
        if not value.startswith(prefix):
            raise ValueError(f"must start with {prefix}")
        return value

    return AfterValidator(check)


def _secret_keys(value: str) -> str:
    for key in value.split(","):
        try:
            size = len(base64.b64decode(key.strip(), validate=True))
        except binascii.Error:
            size = 0
        if size != KEY_BYTES:
            raise ValueError("must be base64 of 32 bytes, or several by comma")
    return value


class DatabaseSettings(BaseModel):
    """What the commands beside a running Houston need of the environment."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    houston_database_url: str | None = None
    houston_data_dir: Path = Path("data")

    @property
    def database_url(self) -> str:
        """Where Houston remembers: what the variable says, else SQLite in the data folder."""
        return self.houston_database_url or f"sqlite:///{self.houston_data_dir / 'houston.db'}"


class Settings(DatabaseSettings):
    """What the environment says, checked. Field names are the variables' in lower case."""

    slack_app_token: Annotated[str, _slack_token("xapp-")]
    slack_bot_token: Annotated[str, _slack_token("xoxb-")]
    slack_api_url: str = "https://slack.com/api/"
    openai_api_key: str | None = None
    openai_base_url: str = "https://api.openai.com/v1"
    houston_model: str = "gpt-5-mini"
    houston_secret_key: Annotated[str, AfterValidator(_secret_keys)] | None = None
    houston_host: str = "127.0.0.1"
    houston_port: Annotated[int, Field(ge=0, le=65535)] = 3000
    houston_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    houston_log_format: Literal["text", "json"] = "text"


def demo_settings(
    environment: Mapping[str, str], *, api_url: str, app_token: str, bot_token: str, data_dir: Path
) -> Settings:
    """For the demo: its own Slack and database; of the environment only what the LLM needs."""
    model = {name: value for name, value in environment.items() if name.startswith("OPENAI_")}
    model |= {name: value for name, value in environment.items() if name == "HOUSTON_MODEL"}
    slack = {"SLACK_API_URL": api_url, "SLACK_APP_TOKEN": app_token, "SLACK_BOT_TOKEN": bot_token}
    return settings({**model, **slack, "HOUSTON_DATA_DIR": str(data_dir), "HOUSTON_PORT": "0"})


def settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings. Raises SettingsError with every problem at once, by variable."""
    return _read(Settings, environment)


def database_settings(environment: Mapping[str, str]) -> DatabaseSettings:
    """Raises SettingsError, as `settings` does."""
    return _read(DatabaseSettings, environment)


Read = TypeVar("Read", bound=BaseModel)


def _read(kind: type[Read], environment: Mapping[str, str]) -> Read:
    given = {name.lower(): value for name, value in environment.items() if value != ""}
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        raise SettingsError(dict(_problem(each) for each in error.errors())) from error


def _problem(error: Mapping[str, Any]) -> tuple[str, str]:
    name = str(error["loc"][0]).upper()
    if error["type"] == "missing":
        return name, f"is missing. It is {PURPOSES[name]}."
    reason = str(error["msg"]).removeprefix("Value error, ")
    return name, f"{reason[0].lower()}{reason[1:]}."
