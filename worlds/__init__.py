"""Studies over many simulated worlds: is what the map says of itself true as often as it says?"""
