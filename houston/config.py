"""Every environment variable that Houston knows, and the only place that reads them."""

import base64
import binascii
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

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


class Settings(BaseModel):
    """What the environment says, checked. Field names are the variables' in lower case."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    slack_app_token: Annotated[str, _slack_token("xapp-")]
    slack_bot_token: Annotated[str, _slack_token("xoxb-")]
    slack_api_url: str = "https://slack.com/api/"
    openai_api_key: str | None = None
    openai_base_url: str = "https://api.openai.com/v1"
    houston_model: str = "gpt-5-mini"
    houston_database_url: str | None = None
    houston_data_dir: Path = Path("data")
    houston_secret_key: Annotated[str, AfterValidator(_secret_keys)] | None = None
    houston_host: str = "127.0.0.1"
    houston_port: Annotated[int, Field(ge=0, le=65535)] = 3000
    houston_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    houston_log_format: Literal["text", "json"] = "text"

    @property
    def database_url(self) -> str:
        return database_url(self.houston_database_url, self.houston_data_dir)


def database_url(url: str | None, data_dir: Path) -> str:
    """Where Houston remembers: what the variable says, else SQLite in the data folder."""
    return url or f"sqlite:///{data_dir / 'houston.db'}"


def settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings. Raises SettingsError with every problem at once, by variable."""
    given = {name.lower(): value for name, value in environment.items() if value != ""}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        raise SettingsError(dict(_problem(each) for each in error.errors())) from error


def _problem(error: Mapping[str, Any]) -> tuple[str, str]:
    name = str(error["loc"][0]).upper()
    if error["type"] == "missing":
        return name, f"is missing. It is {PURPOSES[name]}."
    reason = str(error["msg"]).removeprefix("Value error, ")
    return name, f"{reason[0].lower()}{reason[1:]}."
