"""From a question to the tool calls that answer it."""
