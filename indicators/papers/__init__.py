"""What goes into the hands of a body: a meeting's slides and minutes as files, and papers for committees."""
