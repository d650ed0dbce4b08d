"""The numbers for other programs: the same selectors, the same scope as the pages, unrounded."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from facilities.access import has_anywhere, require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.errors import Forbidden
from ilp.core.languages import in_indonesian
from ilp.core.months import Month
from reporting.catalogue.language import Indicator
from reporting.selectors import places
from reporting.selectors.book import Book, book
from reporting.selectors.exports import data_cells
from reporting.selectors.releases import read_from, showing_of
from reporting.selectors.scores import Score, scores
from reporting.totals import Data, Stamp

MOST_INDICATORS = 100


class SignedIn(SessionAuthentication):
    """The pages' own session; says 401, not 403, to those who have none."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class IndicatorOut(serializers.Serializer):
    """One indicator as it is defined on the day."""

    code = serializers.CharField()
    label = serializers.CharField()
    cluster = serializers.CharField()
    numerator = serializers.CharField(help_text="Sum of elements")
    denominator = serializers.CharField(help_text="Sum of elements or sasaran")
    aggregation = serializers.CharField(help_text="A, D, R, M or S")
    unit = serializers.CharField()
    per = serializers.IntegerField()
    higher_is_better = serializers.BooleanField(allow_null=True)
    definition = serializers.CharField()
    source = serializers.CharField()
    target = serializers.SerializerMethodField(help_text="Annual target in force on the day")

    def get_target(self, one: Indicator) -> float | None:
        goal = one.goal(self.context["on"])
        return None if goal is None else goal.value


class ScoreOut(serializers.Serializer):
    """One indicator of one place in one month, unrounded."""

    place = serializers.CharField()
    month = serializers.CharField(help_text="YYYY-MM")
    indicator = serializers.CharField()
    numerator = serializers.IntegerField(allow_null=True)
    denominator = serializers.IntegerField(allow_null=True)
    value = serializers.FloatField(allow_null=True)
    target = serializers.FloatField(allow_null=True, help_text="Annual target")
    target_now = serializers.FloatField(allow_null=True, help_text="Target of this month")
    status = serializers.CharField(
        help_text="tercapai, mendekati, tertinggal, bl, ta, tj, pantau or minus"
    )
    data = serializers.CharField(help_text="rilis (as released) or sementara (as it stands now)")
    revision = serializers.IntegerField(allow_null=True, help_text="Of the release")
    released_on = serializers.DateField(allow_null=True)


class Door(APIView):
    """Signed in, and allowed to take aggregated numbers out of the house. In Indonesian."""

    authentication_classes = [SignedIn]
    dispatch = in_indonesian(APIView.dispatch)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not has_anywhere(request.user, Permission.EXPORT):
            raise Forbidden(f"{request.user} may not export")


class IndicatorList(Door):
    @extend_schema(
        parameters=[OpenApiParameter("month", OpenApiTypes.STR, description="YYYY-MM")],
        responses=IndicatorOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """Every indicator in force in a month."""
        day = _month(request).last_day
        listed = book().on(day).values()
        return Response(IndicatorOut(listed, many=True, context={"on": day}).data)


class ScoreList(Door):
    @extend_schema(
        parameters=[
            OpenApiParameter("place", OpenApiTypes.STR, required=True, description="Kode tempat"),
            OpenApiParameter("month", OpenApiTypes.STR, required=True, description="YYYY-MM"),
            OpenApiParameter("indicators", OpenApiTypes.STR, description="IB04,SPM01; else all"),
            OpenApiParameter("children", OpenApiTypes.STR, description="Kind of place below"),
            OpenApiParameter(
                "data",
                OpenApiTypes.STR,
                enum=[one.value for one in Data],
                description="rilis: the last release of the month, if there is one (default)",
            ),
        ],
        responses=ScoreOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """Scores of a place, or with `children` those of the places of a kind below it."""
        month = _month(request)
        place = places.place(code=request.query_params.get("place", ""), user=request.user)
        require(request.user, Permission.EXPORT, Facility(pk=place.pk))
        listed = _indicators(request, month, book(of=place.pk))
        asked = _below(request, place, month)
        with showing_of(_data(request), of=place) as source:
            found = scores(places=[p.pk for p in asked], indicators=listed, month=month)
            release = read_from(of=place, month=month, source=source)
        rows = [_row(p.code, found[p.pk, one.code], release) for p in asked for one in listed]
        return Response(ScoreOut(rows, many=True).data)


class Description(SpectacularAPIView):
    """What this API offers, as OpenAPI."""

    authentication_classes = [SignedIn]
    permission_classes = [IsAuthenticated]


def _month(request: Request) -> Month:
    text = request.query_params.get("month", "")
    if not text:
        return Month.of(timezone.localdate())
    try:
        return Month.parse(text)
    except ValueError as error:
        raise ValidationError({"month": "Tulis bulan sebagai 2025-05."}) from error


def _data(request: Request) -> Data:
    text = request.query_params.get("data", Data.RELEASED.value)
    try:
        return Data(text)
    except ValueError as error:
        raise ValidationError({"data": "Tulis rilis atau sementara."}) from error


def _indicators(request: Request, month: Month, held: Book) -> list[Indicator]:
    known = held.on(month.last_day)
    asked = [c for c in request.query_params.get("indicators", "").split(",") if c.strip()]
    if len(asked) > MOST_INDICATORS:
        raise ValidationError({"indicators": f"Paling banyak {MOST_INDICATORS} indikator."})
    codes = [code.strip() for code in asked] or list(known)
    if unknown := [code for code in codes if code not in known]:
        raise ValidationError({"indicators": f"Tidak dikenal pada bulan ini: {', '.join(unknown)}"})
    return [known[code] for code in dict.fromkeys(codes)]


def _below(request: Request, place: places.Place, month: Month) -> list[places.Place]:
    kind = request.query_params.get("children", "")
    if not kind:
        return [place]
    if kind not in Facility.Kind.values:
        raise Http404
    return places.children(of=place, kind=kind, month=month)


def _row(code: str, score: Score, release: Stamp | None) -> dict[str, object]:
    data, revision, released_on = data_cells(release)
    return {
        "place": code,
        "month": str(score.month),
        "indicator": score.indicator.code,
        "numerator": score.numerator,
        "denominator": score.denominator,
        "value": score.value,
        "target": score.target,
        "target_now": score.target_now,
        "status": score.standing,
        "data": data,
        "revision": revision,
        "released_on": released_on,
    }
