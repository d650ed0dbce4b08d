"""What people fill in: a workbook to be sent, a visit to be recorded, a person to be found."""

from clusters.forms.people import MergeForm, PersonSearch
from clusters.forms.uploads import PieceForm, PlaceField, ServiceForm, TemplateForm, UploadForm

__all__ = [
    "MergeForm",
    "PersonSearch",
    "PieceForm",
    "PlaceField",
    "ServiceForm",
    "TemplateForm",
    "UploadForm",
]
