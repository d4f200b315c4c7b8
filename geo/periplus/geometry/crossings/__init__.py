"""Where the shortest paths of the WGS 84 ellipsoid cross the borders of a coverage.

A border is the straight line of longitude and latitude between two neighbouring vertices of
an arc, as in GeoJSON. A path is a geodesic. Both are compared on the sphere of the unit normals
of the ellipsoid, where neither the poles nor the antimeridian are special:

1. Each path is divided into sections of at most `SECTION` metres by Karney's algorithm. The
   plane through the ends of a section is all but the geodesic; the small rest is a polynomial
   through its ends and its middle, with their azimuths. The error is far below a millimetre.
2. Borders stand in two layers of caps, blocks and groups of edges. Those that a path misses
   are set aside at once for many paths.
3. Each vertex that is left lies to the left or to the right of the path. An edge crosses the
   path where the sides of its ends differ, so that no crossing can be lost between two edges.
   Where it does is the root of its distance from the path.
4. In their order along the path, the crossings tell what is left and what is entered: the
   sides of each arc are known.

All angles are in radians but for longitudes and latitudes, which are in degrees (EPSG:4326,
longitude first). Lengths are in metres.

References
----------
C. F. F. Karney (2013), Algorithms for geodesics, Journal of Geodesy 87, 43-55,
https://doi.org/10.1007/s00190-012-0578-z

K. Gade (2010), A non-singular horizontal position representation, The Journal of Navigation
63, 395-417, https://doi.org/10.1017/S0373463309990415 (the unit normal, "n-vector")
"""

from __future__ import annotations

from periplus.geometry.crossings.atlas import Atlas
from periplus.geometry.crossings.cuts import Cut, Cuts
from periplus.geometry.crossings.cutting import cut, follow, meet, within
from periplus.geometry.crossings.edge_index import EdgeIndex, index

__all__ = ["Atlas", "Cut", "Cuts", "EdgeIndex", "cut", "follow", "index", "meet", "within"]
