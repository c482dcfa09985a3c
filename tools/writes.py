"""The tools that change something, each only once the asker approved exactly that."""

from houston.agent.tool import Tool
from tools.handling_alerts import acknowledge, snooze
from tools.writing_alerts import create_alert
from tools.writing_definitions import create_outlier_definition
from tools.writing_notes import create_note, edit_note
from tools.writing_rules import create_rule

WRITES: tuple[Tool, ...] = (
    create_note,
    edit_note,
    create_alert,
    create_rule,
    create_outlier_definition,
    acknowledge,
    snooze,
)
