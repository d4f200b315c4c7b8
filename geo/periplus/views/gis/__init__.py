"""Routes and layers as files for GIS: one table model, and one writer for each format."""
