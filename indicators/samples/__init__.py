"""Sample installations, delivered through the real pipeline."""

from indicators.samples.delivering import SAMPLES, Step, build, plan

__all__ = ["SAMPLES", "Step", "build", "plan"]
