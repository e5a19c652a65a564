"""The same table drawn differently must be read the same: transformations whose right result is known."""
