"""In which language is each part of a text, and how is a sentence said in a reader's."""
