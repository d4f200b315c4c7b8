"""Writers of pictures: a drawing in, the bytes of a file out."""
