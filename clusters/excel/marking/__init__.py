"""The file of an upload given back, with what is wrong written where it is wrong."""
