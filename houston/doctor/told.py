"""The settings, read so that a wrong one does not hide what the others lead to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from houston.config import OAUTH, Settings, settings
from houston.doctor.finding import Finding, unset, well, wrong
from houston.errors import SettingsError

STAND_IN = {"SLACK_APP_TOKEN": "xapp-"}
"""What the settings cannot be without, where it is missing: never sent to anybody."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """`settings` lack what `problems` name by variable."""

    settings: Settings
    problems: Mapping[str, str]

    @property
    def app_token(self) -> str | None:
        return None if "SLACK_APP_TOKEN" in self.problems else self.settings.slack_app_token


def told(environment: Mapping[str, str]) -> Told:
    """Every problem at once; what is wrong is left out, so that the rest can be looked at."""
    problems: dict[str, str] = {}
    while True:
        try:
            return Told(settings=settings(_without(environment, problems)), problems=problems)
        except SettingsError as error:
            if error.problems.keys() <= problems.keys():
                raise
            problems |= error.problems


def look_at_settings(told: Told) -> Sequence[Finding]:
    if told.problems:
        return [_problem(name, problem) for name, problem in sorted(told.problems.items())]
    return [well("Variables", "all of them can be used")]


def _problem(name: str, problem: str) -> Finding:
    """Of a wrong value the settings say in one sentence what it should be."""
    is_said = ". " in problem
    return (
        wrong(name, problem)
        if is_said
        else wrong(name, "cannot be used", f"{problem[0].upper()}{problem[1:]}")
    )


def look_at_oauth(told: Told) -> Sequence[Finding]:
    """Nobody can see from here whether Slack and browsers find the way back."""
    found = told.settings
    if any(name.upper() in told.problems for name in OAUTH):
        return [unset("OAuth", "incomplete, so nobody can install Houston from the web")]
    if not found.has_oauth:
        mend = "Set SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_REDIRECT_URI to invite client workspaces."
        return [unset("OAuth", "not set up", mend)]
    mend = "It must be among the Redirect URLs in the Slack app's settings, and reach this Houston."
    return [
        well("OAuth", "client id, secret and redirect address are set"),
        unset("Redirect address", f"{found.slack_redirect_uri} cannot be tried from here", mend),
    ]


def _without(environment: Mapping[str, str], problems: Mapping[str, str]) -> dict[str, str]:
    """The three of OAuth go together; names are compared as the settings read them."""
    dropped = {name.lower() for name in problems}
    if dropped.intersection(OAUTH):
        dropped |= set(OAUTH)
    left = {name: value for name, value in environment.items() if name.lower() not in dropped}
    return left | {name: value for name, value in STAND_IN.items() if name in problems}
