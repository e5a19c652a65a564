"""How a page ends before its last line.

Not by `st.stop`: after it every touch of the session ends the run again, so that nothing could be put in order.
"""

from collections.abc import Callable


class PageEnds(Exception):
    """Raised where a page has nothing more to show; the frame around it catches it and shows `rest` last.

    So what is shown instead of a page has its whole width, in whatever column or row it was found out.
    """

    def __init__(self, rest: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.rest = rest
