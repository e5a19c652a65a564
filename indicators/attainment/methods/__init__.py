"""Methods by the name that a definition's YAML uses; a method is one function with its decorator."""

from indicators.attainment.methods.registry import METHODS, Method, method

# Importing a module registers its methods.
from indicators.attainment.methods import growth, paths, trends  # isort: skip

__all__ = ["METHODS", "Method", "growth", "method", "paths", "trends"]
