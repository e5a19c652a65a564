from pathlib import Path

SMALL_CITY = Path(__file__).parent / "small_city"
"""The definitions that most tests start from. It stands here for those that load nothing else."""
