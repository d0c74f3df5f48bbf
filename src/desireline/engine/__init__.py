"""Pure algorithms over journeys: numpy in, numpy out."""
