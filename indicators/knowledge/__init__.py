"""What is known beside the figures: the bodies that meet, their meetings, slides, decisions and minutes."""
