"""Houston under fire: a process that is killed, a Slack that fails, and what became of the messages."""
