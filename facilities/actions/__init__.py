"""Everything that changes places, people's roles, ILP status: one module per subject."""
