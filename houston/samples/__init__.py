"""The sample agency: what the demo, the tests and the pictures show."""

from houston.samples.agency import Agency, ClientSample, MetricSample, agency
from houston.samples.planting import plant

__all__ = ["Agency", "ClientSample", "MetricSample", "agency", "plant"]
