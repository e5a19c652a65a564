"""Our own workbook, out and in: what a reporter fills for one period, and what was filled."""
