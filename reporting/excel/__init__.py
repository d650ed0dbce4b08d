"""Workbooks of what is reported and aimed at: out to people, and back."""
