"""The child process's own limits: memory, processor time, files."""

import resource

MEMORY = 1024**3
SECONDS = 20


def apply(largest_file: int = 0) -> None:
    """No files unless `largest_file` (bytes) allows some."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, largest_file),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
