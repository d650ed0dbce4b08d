"""Which kind of place may hang below which, on each axis."""

from facilities.models.places import Axis, Facility

K = Facility.Kind
IN_THE_VILLAGE = frozenset({K.DESA})
PARENT_KINDS: dict[Axis, dict[K, frozenset[K]]] = {
    Axis.NETWORK: {
        K.DISTRICT: frozenset({K.PROVINCE}),
        K.PUSKESMAS: frozenset({K.DISTRICT}),
        K.HOSPITAL: frozenset({K.DISTRICT}),
        K.PUSTU: frozenset({K.PUSKESMAS}),
        K.POSKESDES: frozenset({K.PUSKESMAS, K.PUSTU}),
        K.POSYANDU: frozenset({K.PUSTU, K.POSKESDES, K.PUSKESMAS}),
        K.CLINIC: frozenset({K.PUSKESMAS}),
        K.TPMB: frozenset({K.PUSKESMAS}),
        K.SCHOOL: frozenset({K.PUSKESMAS}),
    },
    Axis.AREA: {
        K.DESA: frozenset({K.PUSKESMAS}),
        K.PUSTU: IN_THE_VILLAGE,
        K.POSKESDES: IN_THE_VILLAGE,
        K.POSYANDU: IN_THE_VILLAGE,
        K.CLINIC: IN_THE_VILLAGE,
        K.TPMB: IN_THE_VILLAGE,
        K.HOSPITAL: IN_THE_VILLAGE,
        K.SCHOOL: IN_THE_VILLAGE,
    },
    Axis.LABEL: {
        K.KECAMATAN: frozenset({K.DISTRICT}),
        K.DESA: frozenset({K.KECAMATAN}),
        K.PUSKESMAS: frozenset({K.KECAMATAN}),
        K.HOSPITAL: frozenset({K.KECAMATAN}),
    },
}


def parent_kinds(kind: str, axis: Axis) -> frozenset[K]:
    """The kinds under which this kind may be placed on the axis; none where it has no place."""
    return PARENT_KINDS[axis].get(K(kind), frozenset())
