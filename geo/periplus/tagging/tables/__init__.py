"""What stands in tables of points and lines."""
