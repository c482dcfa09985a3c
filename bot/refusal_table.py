"""Slack's error codes: what each means to people, whose fault it is, and whether to try again.

Data only; `bot.refusals` reads it. The Web API's come from the pages of chat.postMessage, chat.update
and the file methods, a webhook's from Slack's page on incoming webhooks.
"""

from dataclasses import dataclass
from typing import Literal

REINSTALL = "Reinstall the Houston app in Slack and update SLACK_BOT_TOKEN."
INVITE = "Type /invite @Houston there."
ELSEWHERE = "Choose another destination."
RENEW = "Make a new one in Slack and put its URL in with /houston destinations."

Fault = Literal["place", "message", "target", "workspace"]
"""Whose: of the place that it goes to, of the message itself, of the message that it changes or
answers, or of the whole workspace."""


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """`uncertain`: Slack failed on its own side, and the message may be there all the same."""

    means: str
    fault: Fault = "place"
    temporary: bool = False
    uncertain: bool = False


def _message(means: str) -> Refusal:
    return Refusal(means=means, fault="message")


def _target(means: str) -> Refusal:
    return Refusal(means=means, fault="target")


def _workspace(means: str) -> Refusal:
    return Refusal(means=means, fault="workspace")


def _later(means: str, *, uncertain: bool = False) -> Refusal:
    return Refusal(means=means, temporary=True, uncertain=uncertain)


BROKEN = _later("Slack is not available.", uncertain=True)
"""An answer that is not the API's: a gateway's error page, or nothing at all."""

UNKNOWN = Refusal(means="Slack refused with “{code}”. Its documentation of this error may say why.")

SLOW_DOWN = _later("Slack asks to slow down.")
OWN_ERROR = _later("Slack had an internal error.", uncertain=True)
MIGRATING = _later("The workspace is moving to an organization.")
TOO_LONG = _message("Slack found this message too long.")
LAYOUT = _message("Slack refused the layout of this message.")
EMPTY = _message("Slack refused this message as empty.")
ATTACHMENTS = _message("Slack refused this message for what is attached to it.")
METADATA = _message("Slack refused this message's metadata.")
REQUEST = _message("Slack did not understand the request that this message came with.")
FILE_SHARING = _message("An admin has switched off sharing files with other companies.")
DELETED = _target("The message to change was deleted.")
CLOSED = _target("Slack does not let this message be changed any more.")
NO_THREAD = _target("Slack takes no replies under this message.")

REFUSALS = {
    "not_in_channel": Refusal(means=f"Houston is not in this channel. {INVITE}"),
    "channel_not_found": Refusal(
        means=f"Slack shows Houston no such channel: it was deleted, or it is private. {INVITE}"
    ),
    "invalid_channel": Refusal(means="Slack knows no such channel. Choose another channel."),
    "is_archived": Refusal(means="This channel is archived. Unarchive it, or choose another channel."),
    "restricted_action": Refusal(
        means="A workspace rule keeps Houston from posting in this channel. An admin can allow it there."
    ),
    "restricted_action_read_only_channel": Refusal(
        means="This channel is read-only. Allow Houston to post there, or choose another channel."
    ),
    "restricted_action_thread_only_channel": Refusal(
        means="This channel takes replies only. Choose another channel."
    ),
    "posting_to_general_channel_denied": Refusal(
        means="An admin has restricted who posts in the general channel. Choose another channel."
    ),
    "channel_type_not_supported": Refusal(means=f"Slack takes no messages from apps there. {ELSEWHERE}"),
    "method_not_supported_for_channel_type": Refusal(
        means=f"Slack takes no messages from apps there. {ELSEWHERE}"
    ),
    "ekm_access_denied": Refusal(means="Your organization has suspended posting to this channel."),
    "user_not_found": Refusal(means=f"Slack knows no such person. {ELSEWHERE}"),
    "user_not_visible": Refusal(means=f"Slack does not show Houston this person. {ELSEWHERE}"),
    "user_disabled": Refusal(means=f"This person's account is deactivated. {ELSEWHERE}"),
    "cannot_dm_bot": Refusal(means=f"Slack does not let Houston write to a bot. {ELSEWHERE}"),
    "messages_tab_disabled": _workspace(
        "Direct messages to Houston are switched off. Switch the Messages tab on in the app's settings."
    ),
    "not_authed": _workspace(f"Slack got no token. {REINSTALL}"),
    "invalid_auth": _workspace(f"Slack does not accept Houston's token. {REINSTALL}"),
    "token_revoked": _workspace(f"Houston's token was revoked. {REINSTALL}"),
    "token_expired": _workspace(f"Houston's token has expired. {REINSTALL}"),
    "account_inactive": _workspace(f"Houston was removed from this workspace. {REINSTALL}"),
    "team_access_not_granted": _workspace(f"Houston may not post in this workspace. {REINSTALL}"),
    "team_not_found": _workspace("Slack knows this workspace no more."),
    "enterprise_is_restricted": _workspace("The organization does not let Houston call Slack."),
    "two_factor_setup_required": _workspace("The workspace asks for two-factor sign-in to be set up first."),
    "access_denied": _workspace(f"Slack denies Houston access. {REINSTALL}"),
    "no_permission": _workspace(f"Houston's token lacks the permission for this. {REINSTALL}"),
    "not_allowed_token_type": _workspace(
        "The wrong kind of token: SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-."
    ),
    "missing_scope": _workspace(
        "Houston lacks the Slack permission {needed}. Add it under OAuth & Permissions, then reinstall."
    ),
    "msg_too_long": TOO_LONG,
    "msg_blocks_too_long": TOO_LONG,
    "post_contents_too_large": TOO_LONG,
    "invalid_blocks": LAYOUT,
    "invalid_blocks_format": LAYOUT,
    "markdown_text_conflict": LAYOUT,
    "too_many_contact_cards": LAYOUT,
    "no_text": EMPTY,
    "too_many_attachments": ATTACHMENTS,
    "invalid_attachments": ATTACHMENTS,
    "attachment_payload_limit_exceeded": ATTACHMENTS,
    "metadata_too_large": METADATA,
    "invalid_metadata_format": METADATA,
    "invalid_metadata_schema": METADATA,
    "metadata_must_be_sent_from_app": METADATA,
    "invalid_arguments": REQUEST,
    "invalid_arg_name": REQUEST,
    "invalid_array_arg": REQUEST,
    "invalid_charset": REQUEST,
    "invalid_form_data": REQUEST,
    "invalid_post_type": REQUEST,
    "missing_post_type": REQUEST,
    "invalid_json": REQUEST,
    "json_not_object": REQUEST,
    "method_deprecated": REQUEST,
    "deprecated_endpoint": REQUEST,
    "slack_connect_file_link_sharing_blocked": FILE_SHARING,
    "slack_connect_file_upload_sharing_blocked": FILE_SHARING,
    "slack_connect_canvas_sharing_blocked": FILE_SHARING,
    "slack_connect_lists_sharing_blocked": FILE_SHARING,
    "file_not_found": _message("The picture of this message is not there any more."),
    "file_uploads_disabled": _message("Uploading files is switched off in this workspace."),
    "file_uploads_except_images_disabled": _message("This workspace takes no files but pictures."),
    "file_upload_size_restricted": _message("Slack found the file of this message too large."),
    "storage_limit_reached": _message("The workspace has no room for more files."),
    "message_not_found": DELETED,
    "cant_update_message": CLOSED,
    "edit_window_closed": CLOSED,
    "message_not_owned_by_app": CLOSED,
    "thread_not_found": NO_THREAD,
    "invalid_thread_ts": NO_THREAD,
    "thread_locked": NO_THREAD,
    "cannot_reply_to_message": NO_THREAD,
    "restricted_action_thread_locked": NO_THREAD,
    "restricted_action_non_threadable_channel": NO_THREAD,
    "ratelimited": SLOW_DOWN,
    "rate_limited": SLOW_DOWN,
    "message_limit_exceeded": _later("The workspace has reached its message limit."),
    "team_added_to_org": MIGRATING,
    "org_login_required": MIGRATING,
    "accesslimited": _later("Slack limits access to itself at the moment."),
    "internal_error": OWN_ERROR,
    "fatal_error": OWN_ERROR,
    "request_timeout": _later("Slack lost the request on the way."),
    "service_unavailable": BROKEN,
}

REVOKED = Refusal(means=f"Slack has revoked or deleted this webhook. {RENEW}")
NO_TEAM = Refusal(means=f"The workspace that this webhook belongs to is closed to it. {RENEW}")

WEBHOOK_REFUSALS = {
    "invalid_payload": LAYOUT,
    "invalid_blocks": LAYOUT,
    "invalid_blocks_format": LAYOUT,
    "no_text": EMPTY,
    "missing_text_or_fallback_or_attachments": EMPTY,
    "too_many_attachments": ATTACHMENTS,
    "invalid_attachments": ATTACHMENTS,
    "msg_too_long": TOO_LONG,
    "msg_blocks_too_long": TOO_LONG,
    "channel_is_archived": Refusal(
        means="This webhook's channel is archived. Unarchive it in Slack, or make a webhook for another "
        "channel and put its URL in with /houston destinations."
    ),
    "channel_not_found": Refusal(means=f"This webhook's channel was deleted. {RENEW}"),
    "user_not_found": Refusal(means=f"The person whom this webhook writes to is not there. {RENEW}"),
    "action_prohibited": Refusal(
        means="A workspace rule keeps this webhook from posting in its channel. An admin can allow it there."
    ),
    "posting_to_general_channel_denied": Refusal(
        means="An admin has restricted who posts in the general channel. Make a webhook for another "
        "channel and put its URL in with /houston destinations."
    ),
    "no_service": REVOKED,
    "no_service_id": REVOKED,
    "no_active_hooks": REVOKED,
    "invalid_token": REVOKED,
    "no_team": NO_TEAM,
    "team_disabled": NO_TEAM,
    "rollup_error": OWN_ERROR,
    "internal_error": OWN_ERROR,
    "fatal_error": OWN_ERROR,
    "service_unavailable": BROKEN,
    "rate_limited": SLOW_DOWN,
    "ratelimited": SLOW_DOWN,
}
"""By the plain text that a webhook answers with."""
