"""Sample installations, delivered through the real pipeline: an invented city, a real one with public figures, and five
that are set up after their council's paper."""

from collections.abc import Mapping

from indicators.samples import braunschweig, musterstadt, papers
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
    **papers.samples(),
}
