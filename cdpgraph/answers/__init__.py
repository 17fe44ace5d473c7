"""What follows from what is known: states, cards, gaps, pathways."""
