"""The configuration as one document: what people decided, by the names that they know it by."""

from houston.configuration.configuration import configuration
from houston.configuration.document import VERSION, as_yaml

__all__ = ["VERSION", "as_yaml", "configuration"]
