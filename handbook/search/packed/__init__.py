"""How an index is packed: numbers as printable digits, postings by columns, words by fronts."""
