"""Every service, declared once. Add one here: table, form, Excel, import and dictionary follow."""

from clusters.services.adult import ADULT
from clusters.services.antenatal import ANTENATAL
from clusters.services.chronic import CHRONIC
from clusters.services.delivery import DELIVERY
from clusters.services.development import DEVELOPMENT
from clusters.services.elderly import ELDERLY
from clusters.services.family_planning import FAMILY_PLANNING
from clusters.services.growth import GROWTH
from clusters.services.hiv import HIV_TEST
from clusters.services.home_visit import HOME_VISIT
from clusters.services.immunisation import ANTIGENS, IMMUNISATION, Antigen
from clusters.services.language import Apart, Choice, Derived, Field, Kind, Rule, Service, Values
from clusters.services.mental import MENTAL
from clusters.services.newborn import NEWBORN
from clusters.services.outpatient import OUTPATIENT
from clusters.services.postnatal import POSTNATAL
from clusters.services.premarital import PREMARITAL
from clusters.services.school import SCHOOL
from clusters.services.sick_child import SICK_CHILD
from clusters.services.stages import CLUSTERS, STAGES, Cluster, Stage
from clusters.services.tb import TB_CASE, TB_SCREENING
from clusters.services.vital import VITAL

SERVICES: dict[str, Service] = {
    service.code: service
    for service in (
        ANTENATAL,
        GROWTH,
        IMMUNISATION,
        ADULT,
        DELIVERY,
        POSTNATAL,
        NEWBORN,
        FAMILY_PLANNING,
        PREMARITAL,
        TB_SCREENING,
        TB_CASE,
        HIV_TEST,
        OUTPATIENT,
        HOME_VISIT,
        VITAL,
        DEVELOPMENT,
        SCHOOL,
        ELDERLY,
        MENTAL,
        CHRONIC,
        SICK_CHILD,
    )
}

__all__ = [
    "ANTIGENS",
    "CLUSTERS",
    "SERVICES",
    "STAGES",
    "Antigen",
    "Apart",
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
