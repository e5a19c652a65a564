"""What is known at one moment, judged: the snapshot, statuses at the meetings, provenance, releases."""
