"""Layers for anybody's map of folium: the land under its law, routes, and the key to both.

Nothing that somebody wrote passes through folium's templates, which would run it as a program, or
is parsed as HTML: it goes into the page as JSON, and `layers.js` writes it as text.
"""
