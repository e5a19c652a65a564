"""Whole copies of the database: by hand, daily, and for another process."""
