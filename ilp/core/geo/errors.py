"""What can be wrong with a file of boundaries, and what to do about it."""

from django.utils.translation import gettext_lazy as _

from ilp.core.errors import DomainError


class TooBig(DomainError):
    code = "boundaries-too-big"
    text = _(
        "Berkas ini %(size)s MB, paling besar %(most)s MB. Kecilkan dengan perintah Simplify di "
        "QGIS atau mapshaper, lalu unggah lagi."
    )


class TooManyPoints(DomainError):
    code = "boundaries-too-many-points"
    text = _(
        "Batas di berkas ini terlalu rinci: lebih dari %(most)s titik. Kecilkan dengan perintah "
        "Simplify di QGIS atau mapshaper, lalu unggah lagi."
    )


class TooManyAreas(DomainError):
    code = "boundaries-too-many-areas"
    text = _("Berkas ini berisi %(count)s wilayah, paling banyak %(most)s. Ambil satu kabupaten.")


class NotJson(DomainError):
    code = "boundaries-not-json"
    text = _(
        "Berkas ini tidak dapat dibaca sebagai GeoJSON: mungkin terpotong atau bukan teks UTF-8. "
        "Simpan lagi dari QGIS sebagai GeoJSON, lalu unggah."
    )


class NotFeatures(DomainError):
    code = "boundaries-not-features"
    text = _(
        "Berkas ini bukan daftar wilayah (FeatureCollection). Simpan lapisan batas wilayah "
        "sebagai GeoJSON, bukan TopoJSON atau proyek QGIS."
    )


class NoAreas(DomainError):
    code = "boundaries-no-areas"
    text = _("Tidak ada wilayah (Polygon) di berkas ini; titik dan garis tidak dapat diwarnai.")


class BrokenArea(DomainError):
    code = "boundaries-broken-area"
    text = _(
        "Wilayah ke-%(number)s rusak: batasnya tidak tertutup atau titiknya bukan angka. Perbaiki "
        "dengan perintah Fix geometries di QGIS, lalu unggah lagi."
    )


class NotDegrees(DomainError):
    code = "boundaries-not-degrees"
    text = _(
        "Titik di berkas ini bukan derajat bujur dan lintang. Simpan lagi dengan sistem koordinat "
        "WGS 84 (EPSG:4326)."
    )
