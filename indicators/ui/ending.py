"""How a page ends before its last line.

Not by `st.stop`: after it every touch of the session ends the run again, so that nothing could be put in order.
"""


class PageEnds(Exception):
    """Raised where a page has nothing more to show; the frame around it catches it."""
