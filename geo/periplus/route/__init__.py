"""What does a documented case say: its places, journeys and sources."""
