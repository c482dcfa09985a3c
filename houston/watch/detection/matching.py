from fnmatch import fnmatchcase

from store.tables import Metric


def matches(pattern: str, metric: Metric) -> bool:
    """Whether a definition's pattern names this metric, by `name` or `name/channel`."""
    names = (metric.name.lower(), f"{metric.name}/{metric.channel}".lower())
    return any(fnmatchcase(name, pattern.strip().lower()) for name in names)
