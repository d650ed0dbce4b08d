import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from reporting.catalogue import NoIndicator
from reporting.management.commands._arguments import add_data, month, place
from reporting.selectors.book import book
from reporting.selectors.explaining import Term, explanation
from reporting.selectors.origins import origins
from reporting.selectors.releases import read_from, showing_of
from reporting.totals import Data


class Command(BaseCommand):
    help = "How a number came about, as JSON: definition, formula with numbers, source rows' ids."

    def add_arguments(self, parser):
        parser.add_argument("indicator", help="its code, such as IB04")
        parser.add_argument("--place", required=True, help="code of the place")
        parser.add_argument("--month", required=True, type=month, help="2025-05")
        add_data(parser, Data.RELEASED)

    def handle(self, **options):
        of, when = place(options["place"]), options["month"]
        try:
            one = book(of=of.pk).find(options["indicator"], when.last_day)
        except NoIndicator:
            raise CommandError(f"Tidak ada indikator {options['indicator']} pada {when}.") from None
        with showing_of(options["data"], of=of) as source:
            told = explanation(indicator=one, of=of, month=when)
            release = read_from(of=of, month=when, source=source)
        goal = one.goal(when.last_day)
        answer = {
            "indicator": one.code,
            "label": str(one.label),
            "place": of.code,
            "month": str(when),
            "data": release.sentence if release else Data.LIVE.value,
            "definition": str(one.definition),
            "source": one.source,
            "formula": f"{one.per} x ({one.numerator}) / ({one.denominator})",
            "numerator": told.score.numerator,
            "denominator": told.score.denominator,
            "value": told.score.value,
            "target": told.score.target_now,
            "annual_target": goal and {"value": goal.value, "source": goal.source},
            "status": told.score.standing.value,
            "sasaran": told.targets and str(told.targets),
            "numerator_parts": [written(term) for term in told.top],
            "denominator_parts": [written(term) for term in told.bottom],
            "approved_reports": told.reports,
            "rows": [asdict(one) for one in origins(indicator=one, of=of, month=when)],
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))


def written(term: Term) -> dict[str, object]:
    return {
        "sign": term.sign,
        "code": term.code,
        "label": term.label,
        "value": term.value,
        "months": {str(month): value for month, value in term.months},
    }
