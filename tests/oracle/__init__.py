"""Every total and indicator worked out a second time, from exported visits and the dictionary.

Nothing here imports what the product counts with: the rules are read in docs/data-dictionary.md
or written again over the columns of the exports.
"""
