"""What is drawn and said, before any format."""
