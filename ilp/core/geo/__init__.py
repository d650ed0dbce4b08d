"""Areas of a map: read from GeoJSON, put on a grid, simplified until they are small enough."""
