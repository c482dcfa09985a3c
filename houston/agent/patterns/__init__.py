from houston.agent.patterns.model import PatternsModel

__all__ = ["PatternsModel"]
