"""Which standards the card of a person speaks of. Data only.

Standards of the SPM that have several needs are shown by themselves.
"""

ALSO_SHOWN = frozenset({"k6", "idl", "baduta_lengkap"})
# Due to everybody of the age, also before the first visit; the others once a first visit was made.
DUE_TO_ALL = frozenset(
    {"spm4_balita", "skrining_produktif", "skrining_lansia", "idl", "baduta_lengkap"}
)
