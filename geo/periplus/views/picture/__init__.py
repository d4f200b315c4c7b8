"""Still pictures of a scene in files of their own."""
