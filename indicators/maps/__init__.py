"""Boundaries of districts: a stranger's file → checked, mended, simplified shapes that charts can draw."""
