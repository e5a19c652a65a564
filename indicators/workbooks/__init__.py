"""A stranger's bytes as plain frozen values: gate, limits, the child process, xlsx and ods, numbers in cells."""
