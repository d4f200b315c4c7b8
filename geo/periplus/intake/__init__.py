"""What people have already, taken in as a route: tables, maps, tracks, stories.

Each module reads one kind of file into rows of the same columns; `assembling` makes a route of
them. What a file does not say is invented nowhere: it stays to be filled in.
"""
