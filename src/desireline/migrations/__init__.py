"""How the database came to have its tables: one script a step, run by `kit.migrating`."""
