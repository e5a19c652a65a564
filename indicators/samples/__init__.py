"""Sample installations, delivered through the real pipeline: two cities, one real and one invented."""

from collections.abc import Mapping

from indicators.samples import braunschweig, musterstadt
from indicators.samples.delivering import Sample, Step
from indicators.settings import SAMPLE_DEFINITIONS, SampleName

__all__ = ["SAMPLES", "Sample", "Step"]

SAMPLES: Mapping[SampleName, Sample] = {
    "musterstadt": Sample(
        "Musterstadt (erfundene Zahlen)",
        SAMPLE_DEFINITIONS["musterstadt"],
        musterstadt.plan,
        musterstadt.FOLDER / "earlier.yaml",
    ),
    "braunschweig": Sample(
        "Braunschweig (öffentliche Jahreszahlen)", SAMPLE_DEFINITIONS["braunschweig"], braunschweig.plan
    ),
}
