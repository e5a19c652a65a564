"""The child process's own limits: memory, processor time, no files."""

MEMORY = 1024**3
SECONDS = 20


def apply() -> None:
    """On Windows there is no `resource`; there the parent's timeout is the only limit."""
    try:
        import resource
    except ImportError:
        return
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
