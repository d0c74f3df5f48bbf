"""Identity: which identifiers are one person. Links are rows; persons are computed from them."""
