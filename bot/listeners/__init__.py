"""What Slack tells Houston. Each module registers its listeners; `bot.bolt` says in which order."""
