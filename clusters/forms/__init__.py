"""What people fill in: a workbook to be sent, a visit to be recorded."""

from clusters.forms.uploads import PlaceField, UploadForm, WhatAndWhere

__all__ = ["PlaceField", "UploadForm", "WhatAndWhere"]
