"""How an article takes a page in."""
