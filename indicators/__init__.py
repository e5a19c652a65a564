"""Integration monitoring: from a department's workbook to a figure that a council can rely on."""
