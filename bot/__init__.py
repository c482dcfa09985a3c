"""Ears and mouth: all Slack, and nothing but Slack. `bot.bolt.build_bolt_app` puts it together.

Nothing is imported here, since bot.playground is in this package and knows nothing of Houston.
"""
