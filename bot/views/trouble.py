"""What can go wrong with an install, in words for the person in the browser: what, and how to mend it."""

import re
from dataclasses import dataclass, replace

AGAIN = "Go back to the start and install Houston again."
ASK = "Ask the agency's Houston admin for a new invitation."
OPERATOR = "Tell whoever runs this Houston: "
WORD = re.compile(r"[a-z0-9_.-]{1,60}")


@dataclass(frozen=True, kw_only=True)
class Trouble:
    status: int
    title: str
    what: str
    mend: str


TROUBLES = {
    # what the person did, or did too late
    "access_denied": Trouble(
        status=403,
        title="Not installed",
        what="You chose Cancel on Slack's page, so Houston was not added to your workspace.",
        mend="If that was a slip, install Houston again and choose Allow.",
    ),
    "no_state": Trouble(
        status=400,
        title="This install was not begun here",
        what="The address that you came by lacks its `state`, so Houston cannot tell whose install it is.",
        mend=AGAIN,
    ),
    "unknown_state": Trouble(
        status=400,
        title="This install is unknown, or done already",
        what="Each install can be finished once, by the browser that began it.",
        mend=f"If you have seen the success page, all is well. Otherwise: {AGAIN}",
    ),
    "expired_state": Trouble(
        status=410,
        title="That took too long",
        what="An install has to be finished within ten minutes.",
        mend=AGAIN,
    ),
    "other_browser": Trouble(
        status=403,
        title="Begun in another browser",
        what="This install was begun in another browser, or this one keeps no cookies. Somebody may also "
        "have sent you the end of an install of theirs.",
        mend="Begin and finish the install in the same browser, with cookies allowed.",
    ),
    # invitations
    "not_ours": Trouble(
        status=400,
        title="Not a valid invitation",
        what="This link is not one that Houston has made, or a part of it is missing.",
        mend=f"Open the whole link as you got it. {ASK}",
    ),
    "withdrawn": Trouble(
        status=410, title="Invitation withdrawn", what="This invitation was withdrawn.", mend=ASK
    ),
    "used": Trouble(
        status=410,
        title="Invitation used already",
        what="Each invitation works once, and this one was used.",
        mend=ASK,
    ),
    "expired": Trouble(status=410, title="Invitation expired", what="This invitation has expired.", mend=ASK),
    "not_invited": Trouble(
        status=403,
        title="Not invited",
        what="This workspace is not invited to this Houston, so Houston has left it again and keeps "
        "nothing of it.",
        mend="Ask the agency's Houston admin for an invitation: in Slack they type /houston clients.",
    ),
    "other_workspace": Trouble(
        status=409,
        title="This workspace is something else already",
        what="The invitation is for another workspace. This one is known to Houston already, and stays what "
        "it was.",
        mend="Sign in to the invited client's workspace in this browser, then open the invitation again.",
    ),
    "wrong_code": Trouble(
        status=403,
        title="Not the setup code",
        what="The setup code is not right.",
        mend="Copy it from Houston's log, where it was printed when Houston started.",
    ),
    "code_over": Trouble(
        status=403,
        title="Set up already",
        what="The setup code counts only until the first workspace is connected, and one is.",
        mend="Further workspaces need an invitation from the agency's Houston admin.",
    ),
    # what Slack says of the code
    "no_code": Trouble(
        status=400,
        title="Something is missing",
        what="Slack sent you back without its `code`.",
        mend=AGAIN,
    ),
    "invalid_code": Trouble(
        status=400,
        title="Slack does not know this code",
        what="Slack's code has expired, or belongs to another app.",
        mend=AGAIN,
    ),
    "code_already_used": Trouble(
        status=400,
        title="Used already",
        what="Slack's code was used already.",
        mend=f"If you have seen the success page, all is well. Otherwise: {AGAIN}",
    ),
    "bad_client_secret": Trouble(
        status=500,
        title="Houston is not set up right",
        what="Slack does not accept Houston's client secret.",
        mend=f"{OPERATOR}copy SLACK_CLIENT_SECRET from the Slack app's Basic Information, then restart.",
    ),
    "invalid_client_id": Trouble(
        status=500,
        title="Houston is not set up right",
        what="Slack does not know Houston's client ID.",
        mend=f"{OPERATOR}copy SLACK_CLIENT_ID from the Slack app's Basic Information, then restart.",
    ),
    "bad_redirect_uri": Trouble(
        status=500,
        title="Houston is not set up right",
        what="Slack does not accept the address that it sends you back to.",
        mend=f"{OPERATOR}SLACK_REDIRECT_URI must be among the Redirect URLs under OAuth & Permissions of the "
        "Slack app, letter for letter.",
    ),
    "invalid_scope": Trouble(
        status=500,
        title="Houston is not set up right",
        what="The Slack app lacks permissions that Houston asks for.",
        mend=f"{OPERATOR}bring the Slack app up to date with manifest.yml.",
    ),
    "invalid_team_for_non_distributed_app": Trouble(
        status=403,
        title="The Slack app is for one workspace",
        what="Slack installs an app that is not distributed in its own workspace only.",
        mend=f"{OPERATOR}activate public distribution under Manage Distribution of the Slack app.",
    ),
    "org_wide": Trouble(
        status=400,
        title="Installed for the whole organization",
        what="Houston works in single workspaces; an install for the whole organization is not kept.",
        mend="Install it again, and choose one workspace at the top of Slack's page.",
    ),
    "slack_down": Trouble(
        status=502,
        title="Slack does not answer",
        what="Slack is not available at the moment, so the install could not be finished.",
        mend=f"Wait a little; status.slack.com tells how Slack is. {AGAIN}",
    ),
    "slack_slow": Trouble(
        status=504,
        title="Slack takes too long",
        what="Slack did not answer in time, so the install could not be finished.",
        mend=f"Wait a little. {AGAIN}",
    ),
    # Houston itself
    "no_oauth": Trouble(
        status=404,
        title="Add to Slack is not set up",
        what="This Houston has no Slack app to install by the web.",
        mend=f"{OPERATOR}set SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_REDIRECT_URI.",
    ),
    "unexpected": Trouble(
        status=500,
        title="Something went wrong",
        what="Houston failed in a way that nobody expected.",
        mend=f"Try again. If it stays so: {OPERATOR}it is in the log.",
    ),
}

REFUSED = Trouble(
    status=400,
    title="Slack refused",
    what="Slack refused the install.",
    mend=f"{AGAIN} If it stays so, Slack's documentation of this error may say why.",
)


def trouble(reason: str, detail: str = "") -> Trouble:
    """By reason, or by Slack's own word for it; `detail` is added to what went wrong."""
    known = TROUBLES.get(reason)
    if known is None and WORD.fullmatch(reason):
        known = replace(REFUSED, what=f"Slack refused the install with “{reason}”.")
    found = known or REFUSED
    return replace(found, what=f"{found.what} {detail}".strip()) if detail else found
