"""The database's history: one file a step, each stating its rules."""
