from bot.views.blocks import Message, section
from bot.views.text import count, escape
from houston.team.bindings import Bound

HOW = "`/houston client SLUG` binds it, `/houston client none` frees it."


def shown(bound: Bound) -> Message:
    if bound.client:
        return _said(f"This channel is bound to *{escape(bound.client.name, 100)}*. {HOW}")
    if bound.channel.client_id is not None:
        return _said("This channel is bound to a client that you may not see.")
    return _said(f"This channel is not bound to a client. {HOW}")


def changed(bound: Bound) -> Message:
    name = f"<#{bound.channel.id}>"
    if bound.client is None:
        return _said(f"✅ {name} is free: notifications of every client can post there.")
    text = (
        f"✅ {name} is bound to *{escape(bound.client.name, 100)}*: nothing of another client is told there."
    )
    if bound.silenced:
        verb = "posts" if bound.silenced == 1 else "post"
        text += f" {count(bound.silenced, 'notification')} of other clients no longer {verb} there."
    return _said(text)


def only_one() -> Message:
    return _said("There is only one client in this workspace, so there is nothing to choose.")


def _said(text: str) -> Message:
    return Message(text=text, blocks=[section(text)])
