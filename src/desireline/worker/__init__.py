"""Work behind the routes: following the log, sealing, compaction, sweeping, jobs."""
