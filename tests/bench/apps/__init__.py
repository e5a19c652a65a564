"""The same page twice, for the benchmark: as the product shows charts, and with plain Altair."""
