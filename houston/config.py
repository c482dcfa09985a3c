"""Every environment variable that Houston knows, and the only place that reads them."""

import base64
import binascii
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from houston.errors import SettingsError

KEY_BYTES = 32
PURPOSES = {
    "SLACK_APP_TOKEN": "the app-level token (xapp-…) that Socket Mode connects with; Slack app settings, "
    "Basic Information, App-Level Tokens, scope connections:write",
    "SLACK_CLIENT_ID": "the app's Client ID; Slack app settings, Basic Information. OAuth needs it together "
    "with SLACK_CLIENT_SECRET and SLACK_REDIRECT_URI",
    "SLACK_CLIENT_SECRET": "the app's Client Secret; Slack app settings, Basic Information",
    "SLACK_REDIRECT_URI": "where Slack sends people back, such as "
    "https://houston.example.com/slack/oauth_redirect; it must be among the Redirect URLs in the Slack app's "
    "settings, OAuth & Permissions",
}
OAUTH = ("slack_client_id", "slack_client_secret", "slack_redirect_uri")


def _slack_token(prefix: str) -> Any:
    def check(value: str) -> str:
        if not value.startswith(prefix):
            raise ValueError(f"must start with {prefix}")
        return value

    return AfterValidator(check)


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("must be an address such as https://houston.example.com/slack/oauth_redirect")
    return value


def origin(url: str) -> str:
    """Scheme and host of an address; '' for none."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _secret_keys(value: str) -> str:
    for key in value.split(","):
        try:
            size = len(base64.b64decode(key.strip(), validate=True))
        except binascii.Error:
            size = 0
        if size != KEY_BYTES:
            raise ValueError("must be base64 of 32 bytes, or several by comma")
    return value


def _hosts(value: object) -> object:
    return (
        tuple(each.strip() for each in value.split(",") if each.strip()) if isinstance(value, str) else value
    )


class CommandSettings(BaseModel):
    """What the commands beside a running Houston need of the environment."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    houston_database_url: str | None = None
    houston_data_dir: Path = Path("data")
    slack_api_url: str = "https://slack.com/api/"
    houston_secret_key: Annotated[str, AfterValidator(_secret_keys)] | None = None
    houston_public_url: Annotated[str, AfterValidator(_web_address)] | None = None
    houston_allow_hosts: Annotated[tuple[str, ...], BeforeValidator(_hosts)] = ()
    """Names, addresses and networks inside, that destinations and sources may reach all the same."""
    houston_file_roots: Annotated[tuple[Path, ...], BeforeValidator(_hosts)] = ()
    """Folders, by comma, whose files data sources may read."""

    @property
    def database_url(self) -> str:
        """Where Houston remembers: what the variable says, else SQLite in the data folder."""
        return self.houston_database_url or f"sqlite:///{self.houston_data_dir / 'houston.db'}"


class Settings(CommandSettings):
    """What the environment says, checked. Field names are the variables' in lower case."""

    slack_app_token: Annotated[str, _slack_token("xapp-")]
    slack_bot_token: Annotated[str, _slack_token("xoxb-")] | None = None
    slack_client_id: str | None = None
    slack_client_secret: str | None = None
    slack_redirect_uri: Annotated[str, AfterValidator(_web_address)] | None = None
    openai_api_key: str | None = None
    openai_base_url: str = "https://api.openai.com/v1"
    houston_model: str = "gpt-5-mini"
    houston_host: str = "127.0.0.1"
    houston_port: Annotated[int, Field(ge=0, le=65535)] = 3000
    houston_metrics_token: str | None = None
    houston_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    houston_log_format: Literal["text", "json"] = "text"

    @property
    def has_oauth(self) -> bool:
        return self.slack_client_id is not None

    @property
    def consent_url(self) -> str:
        """Slack's page that asks whether to install."""
        return f"{origin(self.slack_api_url)}/oauth/v2/authorize"

    @property
    def public_url(self) -> str:
        """Where people's browsers find Houston: what the variable says, else the redirect's origin."""
        told = self.houston_public_url or origin(self.slack_redirect_uri or "")
        return (told or f"http://{self.houston_host}:{self.houston_port}").rstrip("/")


def slack_origin(found: CommandSettings) -> str:
    """That of the Slack which stands in for the real one; '' where it is the real one."""
    is_real = found.slack_api_url == CommandSettings.model_fields["slack_api_url"].default
    return "" if is_real else origin(found.slack_api_url)


SHOP = "shop"
"""The folder of the demo's files, in its data folder."""


def demo_settings(
    environment: Mapping[str, str], *, api_url: str, app_token: str, bot_token: str, data_dir: Path
) -> Settings:
    """For the demo: its own Slack and database; of the environment only what the LLM needs."""
    model = {name: value for name, value in environment.items() if name.startswith("OPENAI_")}
    model |= {name: value for name, value in environment.items() if name == "HOUSTON_MODEL"}
    slack = {"SLACK_API_URL": api_url, "SLACK_APP_TOKEN": app_token, "SLACK_BOT_TOKEN": bot_token}
    own = {"HOUSTON_DATA_DIR": str(data_dir), "HOUSTON_FILE_ROOTS": str(data_dir / SHOP), "HOUSTON_PORT": "0"}
    return settings({**model, **slack, **own})


def settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings. Raises SettingsError with every problem at once, by variable."""
    return _read(Settings, environment)


def command_settings(environment: Mapping[str, str]) -> CommandSettings:
    """Raises SettingsError, as `settings` does."""
    return _read(CommandSettings, environment)


Read = TypeVar("Read", bound=BaseModel)


def _read(kind: type[Read], environment: Mapping[str, str]) -> Read:
    given = {name.lower(): value for name, value in environment.items() if value != ""}
    problems = _half_of_oauth(given) if issubclass(kind, Settings) else {}
    try:
        found = kind.model_validate(given)
    except ValidationError as error:
        problems |= dict(_problem(each) for each in error.errors())
        raise SettingsError(problems) from error
    if problems:
        raise SettingsError(problems)
    return found


def _half_of_oauth(given: Mapping[str, str]) -> dict[str, str]:
    """OAuth needs its three variables together."""
    missing = [name.upper() for name in OAUTH if name not in given]
    return {name: _missing(name) for name in missing} if len(missing) < len(OAUTH) else {}


def _missing(name: str) -> str:
    return f"is missing. It is {PURPOSES[name]}."


def _problem(error: Mapping[str, Any]) -> tuple[str, str]:
    name = str(error["loc"][0]).upper()
    if error["type"] == "missing":
        return name, _missing(name)
    reason = str(error["msg"]).removeprefix("Value error, ")
    return name, f"{reason[0].lower()}{reason[1:]}."
