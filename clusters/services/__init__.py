"""Every service, declared once. Add one here and form, Excel, model and dictionary follow."""

from clusters.services.adult import ADULT
from clusters.services.antenatal import ANTENATAL
from clusters.services.growth import GROWTH
from clusters.services.immunisation import ANTIGENS, IMMUNISATION, Antigen
from clusters.services.language import Choice, Derived, Field, Kind, Rule, Service, Values
from clusters.services.stages import CLUSTERS, STAGES, Cluster, Stage

SERVICES: dict[str, Service] = {s.code: s for s in (ANTENATAL, GROWTH, IMMUNISATION, ADULT)}

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
