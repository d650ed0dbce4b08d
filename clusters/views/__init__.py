"""The pages of this app: sending workbooks, and seeing the visits they brought."""
