"""A data set is seen on the pages too."""

from tests.pages.conftest import app

__all__ = ["app"]
