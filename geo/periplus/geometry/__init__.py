"""Where do paths and borders run on the ellipsoid, and where do they meet."""
