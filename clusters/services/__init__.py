"""Every service, declared once. Add one here and form, Excel, model and dictionary follow."""

from clusters.services.adult import ADULT
from clusters.services.antenatal import ANTENATAL
from clusters.services.chronic import CHRONIC
from clusters.services.development import DEVELOPMENT
from clusters.services.elderly import ELDERLY
from clusters.services.growth import GROWTH
from clusters.services.immunisation import ANTIGENS, IMMUNISATION, Antigen
from clusters.services.language import Choice, Derived, Field, Kind, Rule, Service, Values
from clusters.services.mental import MENTAL
from clusters.services.school import SCHOOL
from clusters.services.stages import CLUSTERS, STAGES, Cluster, Stage

SERVICES: dict[str, Service] = {
    s.code: s
    for s in (
        *(ANTENATAL, GROWTH, IMMUNISATION, ADULT),
        *(DEVELOPMENT, SCHOOL, ELDERLY, MENTAL, CHRONIC),
    )
}

__all__ = [
    "ANTIGENS",
    "CLUSTERS",
    "SERVICES",
    "STAGES",
    "Antigen",
    "Choice",
    "Cluster",
    "Derived",
    "Field",
    "Kind",
    "Rule",
    "Service",
    "Stage",
    "Values",
]
