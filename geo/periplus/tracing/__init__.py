"""Under whose law does each part of a route lie."""
