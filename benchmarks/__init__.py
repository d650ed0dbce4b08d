"""How fast the system is beside what a user would have otherwise, as ratios."""
