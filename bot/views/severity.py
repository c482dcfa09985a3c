EMOJI = {"info": "🔵", "warning": "🟠", "critical": "🔴"}

NAMES = {"info": "Info", "warning": "Warning", "critical": "Critical"}

MINIMUMS = {"info": "Any severity", "warning": "Warning and critical", "critical": "Critical only"}
"""How a rule's minimum severity reads."""
