"""What goes wrong in a way that a person can mend; each room derives its own errors from this one."""


class MonitoringError(Exception):
    """Something a person can mend. Its text is German and may be shown as it is."""
