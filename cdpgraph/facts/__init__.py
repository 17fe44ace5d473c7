"""What is known: bring it in, check it, compile it, and see it on a day."""
