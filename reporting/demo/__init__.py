"""A fictitious district, "Kabupaten Contoh": places, people and visits made up by rule.

Everything follows from a size, a seed and a last month, and comes in the way real data does: as
workbooks through the upload door, and through the same actions that people use.
"""
