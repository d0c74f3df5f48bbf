"""Which records are probably one person, by how much, and why: numpy in, numpy out."""
