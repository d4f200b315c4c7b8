"""What is known of a state, and what follows from it on a date."""
