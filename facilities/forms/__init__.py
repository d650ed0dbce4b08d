"""What people type about places, accounts and ILP. A form's `apply` calls one action."""
