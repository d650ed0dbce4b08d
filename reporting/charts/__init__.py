"""Series in, pictures out: every chart is plain data first, then SVG drawn from that data."""
