"""The office's dates: what is due, late or to review, as list and calendar; letters, and e-mails nobody gets twice."""
