"""Files whose form says what their events mean: read as envelopes of the log, nothing guessed."""
