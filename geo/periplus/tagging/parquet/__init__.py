"""How Parquet files are joined without decoding them."""
