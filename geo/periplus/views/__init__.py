"""Each view takes a scene and gives bytes; it decides nothing about the world."""
