"""A scene and its evidence as text and tables."""
