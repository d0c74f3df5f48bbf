"""People: who they are, what is known of them, and all that has happened between them and us."""
