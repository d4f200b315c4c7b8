"""Tag tables of points and lines with the jurisdiction that each row lies in, and its standing.

From a table to a table: `sources` reads rows in portions, `plan` finds out in which columns
their positions are, `parts` tags a portion and writes it as a part, `assembly` joins the parts.
Columns of Parquet need not be written anew: `splicing` copies those that can stand in the output
as they are.
`running` hands portions out, to processes or to a `cluster`.

What a row is tagged with: `index` tells in which piece of the coverage it lies, `timeline` what
is said of that piece on its day.
"""
